using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;
using ScimOperator.ThirdParty;

namespace ScimOperator.Integration.Tests;

/// <summary>The operator on a service provider that nobody here wrote: scimmy-routers.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class ScimDriverTests(SharedOperatorFixture fixture)
{
    private const string Schema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private readonly Kube kube = fixture.Kube;

    [SkippableFact]
    public async Task Users_are_created_adopted_corrected_deactivated_and_deleted()
    {
        await using var scimmy = await ScimmyProcess.StartAsync(Repository.Root);
        var bob = await CreateAsync(scimmy, """{"userName":"Bob@acme.test","title":"Dr","userType":"Employee","active":true}""");
        await CreateAsync(scimmy, """{"userName":"zoe@acme.test","userType":"Admin","active":true}""");
        var zoe = (await UserAsync(scimmy, "zoe@acme.test")).ToJsonString();
        var tenant = await ReadyAsync(scimmy);
        var capabilities = (await tenant.GetAsync(Tenant.Accounts, "acme"))["status"]!["capabilities"]!;
        Assert.Equal("""{"scim":{"etag":false,"filter":true,"maxResults":200,"patch":true},"tokens":false}""", capabilities.ToJsonString());

        (await tenant.CreateUserAsync("bob", "Admin", ""","displayName":"Bob" """)).Succeeded();
        (await tenant.CreateUserAsync("ann", "Member", ""","deletionPolicy":"Delete" """)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "bob");
        await tenant.WaitReadyAsync(Tenant.Users, "ann");
        var adopted = await UserAsync(scimmy, "Bob@acme.test");
        Assert.Equal((bob, "Dr", "Admin", "Bob"), (Text(adopted, "id"), Text(adopted, "title"), Text(adopted, "userType"), Text(adopted, "displayName")));
        Assert.Equal("Member", Text(await UserAsync(scimmy, "ann@acme.test"), "userType"));

        (await tenant.PatchSpecAsync(Tenant.Users, "ann", """{"active":false}""")).Succeeded();
        await HasAsync(scimmy, "ann@acme.test", "active", "false");
        await PatchAsync(scimmy, bob, """{"op":"replace","path":"userType","value":"Guest"}""");
        await tenant.RequestReconcileAsync(Tenant.Accounts, "acme");
        await HasAsync(scimmy, "Bob@acme.test", "userType", "\"Admin\"");

        (await kube.DeleteAsync(tenant.Path(Tenant.Users, "ann"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "ann"));
        Assert.Equal(["Bob@acme.test", "zoe@acme.test"], (await UsersAsync(scimmy)).Select(u => Text(u, "userName")).Order(StringComparer.Ordinal));
        Assert.Equal(zoe, (await UserAsync(scimmy, "zoe@acme.test")).ToJsonString());
    }

    [SkippableFact]
    public async Task A_type_that_the_provider_has_no_word_for_is_refused_once()
    {
        await using var scimmy = await ScimmyProcess.StartAsync(Repository.Root);
        var tenant = await ReadyAsync(scimmy, ""","scim":{"userType":{"attribute":"roles","values":{"admin":"administrator"}}}""");
        (await tenant.CreateUserAsync("ann", "Viewer")).Succeeded();
        var refused = await tenant.WaitReasonAsync(Tenant.Users, "ann", "Refused");
        Assert.Contains("has no word for the type Viewer", Text(refused, "message"), StringComparison.Ordinal);
        Assert.Empty(await UsersAsync(scimmy));
        (await tenant.PatchSpecAsync(Tenant.Users, "ann", """{"userType":"Admin"}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "ann");
        Assert.Equal("""[{"value":"administrator"}]""", (await UserAsync(scimmy, "ann@acme.test"))["roles"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_token_can_not_be_generated_there_but_one_that_exists_counts()
    {
        await using var scimmy = await ScimmyProcess.StartAsync(Repository.Root);
        var tenant = await ReadyAsync(scimmy);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateUserAsync("bob")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        await tenant.WaitReadyAsync(Tenant.Users, "bob");
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        Assert.Contains("set spec.managementPolicy to Observe", Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "UnsupportedDriver"), "message"), StringComparison.Ordinal);
        await tenant.WaitConditionAsync(Tenant.Tokens, "okta", "Stalled", "UnsupportedDriver");

        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"managementPolicy":"Observe"}""")).Succeeded();
        Assert.Contains("Secret okta-scim does not exist", Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "SecretNotFound"), "message"), StringComparison.Ordinal);
        await PutSecretAsync(tenant, "no-such-token-5");
        await tenant.RequestReconcileAsync(Tenant.Tokens, "okta");
        var refused = Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "TokenRefused"), "message");
        Assert.Contains("401", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-token-5", refused, StringComparison.Ordinal);
        await PutSecretAsync(tenant, scimmy.Token);
        var secret = await tenant.SecretAsync("okta-scim");
        await tenant.RequestReconcileAsync(Tenant.Tokens, "okta");
        Assert.Contains("the service provider accepts it", Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "Observed"), "message"), StringComparison.Ordinal);

        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Users, "alice"))["status"]!["heldTokens"]?.ToJsonString() is var held
                && held == """[{"description":"okta","id":"secret:okta-scim","scimToken":"okta","secret":"okta-scim"}]""" ? null : held ?? "none",
            "alice holds it");
        var denied = await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""");
        Assert.False(denied.Ok);
        Assert.Contains("""holds 1 SCIM token, and it would stop working: \"okta\" (ScimToken""", denied.Text, StringComparison.Ordinal);
        Assert.Contains("have another active admin generate a token", denied.Text, StringComparison.Ordinal);

        (await kube.DeleteAsync(tenant.Path(Tenant.Tokens, "okta"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Tokens, "okta"));
        Assert.Equal(secret.ToJsonString(), (await tenant.SecretAsync("okta-scim")).ToJsonString());
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""")).Succeeded();
        await HasAsync(scimmy, "alice@acme.test", "userType", "\"Member\"");
    }

    [Fact]
    public async Task An_observed_token_is_found_at_an_account_that_lists_its_tokens()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        var owner = (await backend.UserAsync("alice"))["id"]!.GetValue<string>();
        var minted = (await backend.PostAsync("/api/v1/scim-tokens", $$"""{"ownerId":"{{owner}}","description":"by hand"}""")).Succeeded().Body;
        await PutSecretAsync(tenant, Text(minted, "value"), Text(minted, "id"));
        (await tenant.CreateTokenAsync("okta", "bob", ""","managementPolicy":"Observe" """)).Succeeded();
        Assert.Contains("was issued to alice@acme.test", Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "OwnerDiffers"), "message"), StringComparison.Ordinal);
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"alice"}}""")).Succeeded();
        Assert.Contains("the account lists it as live", Text(await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "Observed"), "message"), StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Users, "alice"))["status"]!["heldTokens"]?.AsArray() is [{ } held] && Text(held, "id") == Text(minted, "id") && held["scimToken"] is not null ? null : "not yet",
            "alice's status names it, once");
        await tenant.RequestReconcileAsync(Tenant.Accounts, "acme");
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Accounts, "acme"))["status"]!["unmanagedTokens"]!.GetValue<int>() is var count and not 0 ? $"{count}" : null, "it is not unmanaged");

        (await kube.DeleteAsync(tenant.Path(Tenant.Tokens, "okta"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Tokens, "okta"));
        Assert.Single(await backend.TokensAsync());
        Assert.Null((await backend.TokensAsync())[0]["lastUsedAt"]);
    }

    private async Task<Tenant> ReadyAsync(ScimmyProcess scimmy, string more = "")
    {
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync(scimmy.Token);
        (await tenant.CreateAccountAsync(scimmy.Url, $""","driver":"Scim"{more}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        return tenant;
    }

    private async Task PutSecretAsync(Tenant tenant, string value, string? id = null)
    {
        var data = new JsonObject { ["token"] = Base64(value) };
        if (id is not null)
        {
            data["tokenId"] = Base64(id);
        }

        (await kube.ApplyAsync(
            Kube.Core(tenant.Namespace, "secrets", "okta-scim"),
            $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"okta-scim"},"data":{{{data.ToJsonString()}}}}""")).Succeeded();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<string> CreateAsync(ScimmyProcess scimmy, string json)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        body["schemas"] = new JsonArray(Schema);
        return Text(await SendAsync(scimmy, HttpMethod.Post, "Users", body.ToJsonString()), "id");
    }

    private static Task<JsonNode> PatchAsync(ScimmyProcess scimmy, string id, string operation) => SendAsync(
        scimmy, HttpMethod.Patch, $"Users/{id}", $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operation}}]}""");

    private static async Task<JsonNode> SendAsync(ScimmyProcess scimmy, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/scim+json") };
        using var answer = await scimmy.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<IReadOnlyList<JsonNode>> UsersAsync(ScimmyProcess scimmy) =>
        [.. JsonNode.Parse(await scimmy.Http.GetStringAsync("Users?count=100"))!["Resources"]!.AsArray().Select(u => u!)];

    private static async Task<JsonNode> UserAsync(ScimmyProcess scimmy, string name) => (await UsersAsync(scimmy)).Single(u => Text(u, "userName") == name);

    private static Task HasAsync(ScimmyProcess scimmy, string name, string attribute, string value) => Eventually.HoldsAsync(
        async () => (await UserAsync(scimmy, name))[attribute]?.ToJsonString() is var found && found == value ? null : found ?? "absent", $"{name} has {attribute} {value}");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
