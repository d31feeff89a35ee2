using System.Text;
using System.Text.Json.Nodes;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>What people apply in these tests.</summary>
internal static class Manifests
{
    internal const string Account = "acme";
    internal const string CredentialSecret = "acme-admin-credential";
    internal static readonly string[] Admins = ["alice", "bob"];

    internal static string Email(string name) => $"{name}@example.com";

    internal static JsonObject Namespace(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    internal static JsonObject Credential(string value) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = CredentialSecret },
        ["data"] = new JsonObject { ["credential"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Trim())) },
    };

    /// <param name="api">Where the operator finds the account: behind a proxy.</param>
    /// <param name="scim">Where identity providers find it: not behind one.</param>
    internal static JsonObject AccountAt(Uri api, Uri scim) => Of(
        "Account",
        Account,
        new JsonObject
        {
            ["url"] = api.AbsoluteUri.TrimEnd('/'),
            ["scimUrl"] = scim.AbsoluteUri.TrimEnd('/'),
            ["credentialsSecretRef"] = new JsonObject { ["name"] = CredentialSecret, ["key"] = "credential" },
        });

    internal static JsonObject Admin(string name) => Of(
        "AccountUser", name, new JsonObject { ["accountRef"] = Ref(Account), ["email"] = Email(name), ["userType"] = "Admin" });

    /// <summary>A ScimToken x in Secret x-scim. No overlap: only the use of the new token ends the old one.</summary>
    internal static JsonObject Token(string name, string owner) => Of(
        "ScimToken",
        name,
        new JsonObject
        {
            ["accountRef"] = Ref(Account),
            ["ownerRef"] = Ref(owner),
            ["secret"] = new JsonObject { ["name"] = SecretOf(name) },
            ["rotation"] = new JsonObject { ["overlap"] = "0s", ["cutover"] = "Verified" },
        });

    internal static string SecretOf(string token) => token + "-scim";

    internal static JsonObject Owner(string name) => new() { ["spec"] = new JsonObject { ["ownerRef"] = Ref(name) } };

    internal static JsonObject Annotation(string key, string value) =>
        new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["scim-operator.io/" + key] = value } } };

    private static JsonObject Ref(string name) => new() { ["name"] = name };

    private static JsonObject Of(string kind, string name, JsonObject spec) => new()
    {
        ["apiVersion"] = "scim-operator.io/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = spec,
    };
}
