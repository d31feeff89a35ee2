using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.Simulation.Tests.Cluster;

namespace ScimOperator.Simulation.Tests.People;

/// <summary>The manifests that people write.</summary>
internal static class Manifests
{
    private const string Api = "scim-operator.io/v1alpha1";

    internal static IReadOnlyList<string> TokenNames { get; } = ["okta", "entra", "spare", "taken", "seen"];

    internal static IReadOnlyList<string> UserNames { get; } = ["boss", "alice", "bob", "carol", "watched"];

    internal static IReadOnlyList<string> Owners { get; } = ["boss", "alice", "bob"];

    internal static string Email(string user) => user == "watched" ? "dora@acme.test" : $"{user}@acme.test";

    internal static void CreateAll(ApiServer server, Random draw)
    {
        server.Create("secrets", Secret("credentials", "credential", "s3cr3t"), Person.Name);
        server.Create("secrets", Secret("taken", "token", "somebody-elses"), Person.Name);
        server.Create("accounts", Account("acme", World.ManagedUrl, "Manage"), Person.Name);
        server.Create("accounts", Account("watch", World.ObservedUrl, "Observe"), Person.Name);
        foreach (var user in UserNames)
        {
            server.Create("accountusers", User(user, draw), Person.Name);
        }

        foreach (var token in TokenNames)
        {
            server.Create("scimtokens", Token(token, draw), Person.Name);
        }
    }

    internal static JsonObject User(string name, Random draw)
    {
        var spec = new JsonObject
        {
            ["accountRef"] = new JsonObject { ["name"] = name == "watched" ? "watch" : "acme" },
            ["email"] = Email(name),
            ["userType"] = name is "carol" or "watched" ? "Member" : "Admin",
        };
        if (name is not "boss" && draw.Next(2) == 0)
        {
            spec["deletionPolicy"] = draw.Next(2) == 0 ? "Deactivate" : "Delete";
        }

        return Object("AccountUser", name, spec);
    }

    internal static JsonObject Token(string name, Random draw)
    {
        var rotation = new JsonObject
        {
            ["cutover"] = draw.Next(4) switch { 0 => "Overlap", 1 when name == "spare" => "Immediate", _ => "Verified" },
        };
        rotation["overlap"] = (string?)rotation["cutover"] == "Verified" ? draw.Next(3) switch { 0 => "0s", 1 => "20s", _ => "1m" } : "1m";
        if (draw.Next(3) == 0)
        {
            rotation["every"] = "2m";
        }

        var spec = new JsonObject
        {
            ["accountRef"] = new JsonObject { ["name"] = name == "seen" ? "watch" : "acme" },
            ["ownerRef"] = new JsonObject { ["name"] = name == "seen" ? "watched" : Owners[draw.Next(Owners.Count)] },
            ["secret"] = new JsonObject { ["name"] = name },
            ["rotation"] = rotation,
        };
        if (draw.Next(3) == 0)
        {
            spec["expiresAfter"] = "90m";
        }

        if (draw.Next(5) == 0)
        {
            spec["deletionPolicy"] = "Retain";
        }

        return Object("ScimToken", name, spec);
    }

    internal static JsonObject Secret(string name, string key, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = World.Namespace },
        ["data"] = new JsonObject { [key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) },
    };

    private static JsonObject Account(string name, string url, string policy) => Object("Account", name, new JsonObject
    {
        ["url"] = url,
        ["credentialsSecretRef"] = new JsonObject { ["name"] = "credentials", ["key"] = "credential" },
        ["resyncInterval"] = "1m",
        ["managementPolicy"] = policy,
    });

    private static JsonObject Object(string kind, string name, JsonObject spec) => new()
    {
        ["apiVersion"] = Api,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = World.Namespace },
        ["spec"] = spec,
    };
}
