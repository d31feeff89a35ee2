using System.Text;
using System.Text.Json.Nodes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>A namespace with its objects; the Account is called acme, and user x has the email x@acme.test.</summary>
internal sealed class Tenant(Kube kube, string ns)
{
    internal const string Accounts = "accounts";
    internal const string Users = "accountusers";
    internal const string Tokens = "scimtokens";
    internal const string CredentialSecret = "acme-admin-credential";

    internal Kube Kube => kube;

    internal string Namespace => ns;

    internal static async Task<Tenant> CreateAsync(Kube kube) => new(kube, await kube.CreateNamespaceAsync());

    /// <summary>A namespace whose Account and admins alice and bob are Ready.</summary>
    internal static async Task<Tenant> ReadyAsync(Kube kube, BackendProcess backend, Uri? url = null)
    {
        var tenant = await CreateAsync(kube);
        await tenant.PutCredentialAsync(backend.Credential);
        (await tenant.CreateAccountAsync(url ?? backend.Url)).Succeeded();
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateUserAsync("bob")).Succeeded();
        await tenant.WaitReadyAsync(Accounts, "acme");
        await tenant.WaitReadyAsync(Users, "alice");
        await tenant.WaitReadyAsync(Users, "bob");
        return tenant;
    }

    internal static string Email(string name) => $"{name}@acme.test";

    internal string Path(string plural, string? name = null) => Kube.Scim(ns, plural, name);

    internal async Task PutCredentialAsync(string value)
    {
        var data = $$"""{"credential":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}}"}""";
        (await kube.ApplyAsync(
            Kube.Core(ns, "secrets", CredentialSecret),
            $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{CredentialSecret}}}"},"data":{{{data}}}}""")).Succeeded();
    }

    internal Task<Answer> CreateAccountAsync(Uri url, string more = "") => kube.PostAsync(Path(Accounts), Manifest(
        "Account", "acme", $$"""{"url":"{{url.AbsoluteUri.TrimEnd('/')}}","credentialsSecretRef":{"name":"{{CredentialSecret}}","key":"credential"}{{more}}}"""));

    internal Task<Answer> CreateUserAsync(string name, string type = "Admin", string more = "") =>
        kube.PostAsync(Path(Users), UserManifest(name, type, more));

    internal static string UserManifest(string name, string type = "Admin", string more = "") => Manifest(
        "AccountUser", name, $$"""{"accountRef":{"name":"acme"},"email":"{{Email(name)}}","userType":"{{type}}"{{more}}}""");

    /// <summary>A ScimToken x published in Secret x-scim.</summary>
    internal Task<Answer> CreateTokenAsync(string name, string owner, string more = "") => kube.PostAsync(Path(Tokens), Manifest(
        "ScimToken", name, $$$"""{"accountRef":{"name":"acme"},"ownerRef":{"name":"{{{owner}}}"},"secret":{"name":"{{{name}}}-scim"}{{{more}}}}"""));

    internal Task<Answer> PatchSpecAsync(string plural, string name, string spec) =>
        kube.MergeAsync(Path(plural, name), $$"""{"spec":{{spec}}}""");

    /// <summary>Asks for a reconcile now, as kubectl annotate would; returns the value that status repeats once it is done.</summary>
    internal async Task<string> RequestReconcileAsync(string plural, string name)
    {
        var value = Guid.NewGuid().ToString("N");
        (await kube.MergeAsync(Path(plural, name), $$$$"""{"metadata":{"annotations":{"scim-operator.io/reconcile-requested-at":"{{{{value}}}}"}}}""")).Succeeded();
        return value;
    }

    /// <summary>Has the account read again now, and waits until it was.</summary>
    internal async Task ResyncAsync()
    {
        var request = await RequestReconcileAsync(Accounts, "acme");
        await Eventually.HoldsAsync(
            async () => (await GetAsync(Accounts, "acme"))["status"]!["lastHandledReconcileAt"]?.GetValue<string>() is var handled && handled == request ? null : "not yet",
            "the account was read again");
    }

    internal async Task<JsonNode> GetAsync(string plural, string name) => (await kube.GetAsync(Path(plural, name))).Succeeded().Body;

    internal Task<JsonNode> WaitReadyAsync(string plural, string name) =>
        WaitAsync(plural, name, ready => ready["status"]!.GetValue<string>() == "True", "Ready True");

    /// <summary>Waits for a reason of Ready; returns the condition.</summary>
    internal Task<JsonNode> WaitReasonAsync(string plural, string name, string reason) =>
        WaitAsync(plural, name, ready => ready["reason"]!.GetValue<string>() == reason, reason);

    internal async Task<JsonNode> SecretAsync(string name) => (await kube.GetAsync(Kube.Core(ns, "secrets", name))).Succeeded().Body;

    internal static string Value(JsonNode secret, string key) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]![key]!.GetValue<string>()));

    internal async Task<string> TokenValueAsync(string secret) => Value(await SecretAsync(secret), "token");

    /// <summary>Waits for a reason of another condition.</summary>
    internal Task WaitConditionAsync(string plural, string name, string type, string reason) => Eventually.HoldsAsync(
        async () => Condition(await GetAsync(plural, name), type)?["reason"]?.GetValue<string>() is var found && found == reason ? null : found ?? "no such condition",
        $"{plural} {ns}/{name}: {type} because {reason}");

    internal static JsonNode? Condition(JsonNode obj, string type) =>
        obj["status"]?["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.GetValue<string>() == type);

    private async Task<JsonNode> WaitAsync(string plural, string name, Func<JsonNode, bool> accept, string what)
    {
        JsonNode? found = null;
        await Eventually.HoldsAsync(async () =>
        {
            var obj = await GetAsync(plural, name);
            var ready = Condition(obj, "Ready");
            var current = ready?["observedGeneration"]?.GetValue<long>() == obj["metadata"]!["generation"]!.GetValue<long>();
            found = ready is not null && current && accept(ready) ? ready : null;
            return found is null ? ready?.ToJsonString() ?? "no condition Ready" : null;
        }, $"{plural} {ns}/{name}: {what}");
        return found!;
    }

    private static string Manifest(string kind, string name, string spec) =>
        $$$"""{"apiVersion":"scim-operator.io/v1alpha1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""";
}
