// A SCIM 2.0 service provider made of scimmy and scimmy-routers, which nobody of this project wrote; users are kept in memory.
//   SCIMMY_TOKEN=secret node server.mjs PORT
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const token = process.env.SCIMMY_TOKEN;
const users = new Map();

const taken = (name, id) => [...users.values()].some(u => u.id !== id && u.userName.toLowerCase() === name.toLowerCase());

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .ingress((resource, data) => {
    if (resource.id && !users.has(resource.id)) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
    if (taken(data.userName, resource.id)) throw new SCIMMY.Types.Error(409, "uniqueness", `userName ${data.userName} is taken`);
    const id = resource.id ?? randomUUID();
    const now = new Date().toISOString();
    const created = users.get(id)?.meta.created ?? now;
    // What is known to JSON only, as a database would keep it.
    users.set(id, { ...JSON.parse(JSON.stringify(data)), id, meta: { created, lastModified: now } });
    return users.get(id);
  })
  .egress(resource => {
    if (resource.id) {
      if (!users.has(resource.id)) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
      return users.get(resource.id);
    }
    return resource.filter ? resource.filter.match([...users.values()]) : [...users.values()];
  })
  .degress(resource => {
    if (!users.delete(resource.id)) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
  });

const app = express();
app.use("/scim/v2", new SCIMMYRouters({
  type: "bearer",
  handler: request => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is not known");
    return "idp";
  },
}));
app.listen(Number(process.argv[2]), "127.0.0.1");
