using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The published Secret, and that a token is nowhere else.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class SecretTests(SharedOperatorFixture fixture)
{
    private readonly Kube kube = fixture.Kube;

    [SkippableFact]
    public async Task The_samples_become_Ready_and_the_published_token_works()
    {
        await using var backend = await BackendProcess.StartAsync();
        var samples = await kube.KubectlAsync($"kustomize {Repository.Config("samples")}");
        await kube.KubectlAsync("apply -f -", samples.Replace("http://scim-backend.acme.svc.cluster.local:8080", backend.Url.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal));
        var tenant = new Tenant(kube, "acme");
        await tenant.PutCredentialAsync(backend.Credential);
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta-prod");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(await tenant.TokenValueAsync("okta-scim")));
        var printed = await kube.KubectlAsync("get scimtokens,accountusers,accounts -n acme");
        Assert.Matches(@"okta-prod\s+alice\s+okta-scim\s+True\s+Issued", printed);
    }

    [Fact]
    public async Task The_Secret_says_what_a_connector_needs_and_belongs_to_its_ScimToken()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice", """, "secret":{"name":"okta-scim","labels":{"team":"idp"},"template":{"okta.json":"{\"u\":\"$(url)\",\"t\":\"$(token)\"}"}}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var secret = await tenant.SecretAsync("okta-scim");
        var token = await tenant.GetAsync(Tenant.Tokens, "okta");
        var (url, value) = (Tenant.Value(secret, "url"), Tenant.Value(secret, "token"));
        Assert.Equal("Opaque", secret["type"]!.GetValue<string>());
        Assert.Equal(new Uri(backend.Url, "/scim/v2").AbsoluteUri, url);
        Assert.Equal(token["status"]!["tokens"]![0]!["id"]!.GetValue<string>(), Tenant.Value(secret, "tokenId"));
        Assert.Equal($$"""{"u":"{{url}}","t":"{{value}}"}""", Tenant.Value(secret, "okta.json"));
        Assert.EndsWith(token["status"]!["tokens"]![0]!["lastFour"]!.GetValue<string>(), value, StringComparison.Ordinal);
        Assert.Equal("scim-operator", secret["metadata"]!["labels"]!["app.kubernetes.io/managed-by"]!.GetValue<string>());
        Assert.Equal("idp", secret["metadata"]!["labels"]!["team"]!.GetValue<string>());
        var owner = secret["metadata"]!["ownerReferences"]![0]!;
        Assert.Equal(token["metadata"]!["uid"]!.GetValue<string>(), owner["uid"]!.GetValue<string>());
        Assert.True(owner["controller"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(value));
    }

    [Fact]
    public async Task The_value_is_in_its_Secret_and_nowhere_else()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var value = await tenant.TokenValueAsync("okta-scim");
        Assert.StartsWith("scimtok_", value, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await EventsAsync(tenant)).Contains("TokenPublished", StringComparison.Ordinal) ? null : "no event yet", "the event is written");
        var everything = new List<string> { fixture.Operator.Logs, await EventsAsync(tenant) };
        foreach (var plural in new[] { Tenant.Accounts, Tenant.Users, Tenant.Tokens })
        {
            everything.Add((await kube.GetAsync(tenant.Path(plural))).Succeeded().Text);
        }

        var others = (await kube.ListAsync(Kube.Core(tenant.Namespace, "secrets"))).Where(s => s["metadata"]!["name"]!.GetValue<string>() != "okta-scim");
        everything.AddRange(others.Select(other => other.ToJsonString()));
        var secret = await tenant.SecretAsync("okta-scim");
        everything.Add(secret["metadata"]!.ToJsonString());
        var encoded = secret["data"]!["token"]!.GetValue<string>();
        Assert.All(everything, text =>
        {
            Assert.DoesNotContain(value, text, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, text, StringComparison.Ordinal);
            Assert.DoesNotContain(backend.Credential, text, StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public async Task Deleting_a_ScimToken_deletes_its_token_and_its_Secret()
    {
        Skip.IfNot(kube.Plane.HasControllerManager, "This control plane has no kube-controller-manager, which collects garbage.");
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        (await kube.DeleteAsync(tenant.Path(Tenant.Tokens, "okta"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Tokens, "okta"));
        Assert.Empty(await backend.TokensAsync());
        await kube.WaitUntilGoneAsync(Kube.Core(tenant.Namespace, "secrets", "okta-scim"));
    }

    [Fact]
    public async Task Two_ScimTokens_never_share_a_Secret()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var before = await tenant.SecretAsync("okta-scim");
        (await tenant.CreateTokenAsync("entra", "alice", ""","secret":{"name":"okta-scim"}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Tokens, "entra", "SecretNotOurs");
        Assert.Equal(before.ToJsonString(), (await tenant.SecretAsync("okta-scim")).ToJsonString());
        Assert.Single(await backend.TokensAsync());
    }

    private async Task<string> EventsAsync(Tenant tenant) =>
        (await kube.GetAsync($"/apis/events.k8s.io/v1/namespaces/{tenant.Namespace}/events")).Succeeded().Text;
}
