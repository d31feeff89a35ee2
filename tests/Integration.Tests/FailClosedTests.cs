using System.Net;
using System.Text;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>While nobody who can be trusted judges, our own kinds don't change; and nothing but our own kinds is held up.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class FailClosedTests(OwnPlaneFixture fixture)
{
    [SkippableTheory]
    [InlineData(1, true, null)]
    [InlineData(-2, true, "certificate has expired or is not yet valid")]
    [InlineData(1, false, "certificate signed by unknown authority")]
    public async Task A_webhook_is_believed_only_with_a_certificate_that_is_valid_and_known(int endsInDays, bool known, string? words)
    {
        var kube = fixture.Installation.Kube;
        var tenant = await Tenant.CreateAsync(kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        var before = await tenant.GetAsync(Tenant.Users, "alice");
        var ends = TimeProvider.System.GetUtcNow().AddDays(endsInDays);
        await using var server = await YesServer.StartAsync(ends);
        await using var stranger = await YesServer.StartAsync(ends);
        await fixture.Installation.ApplyWebhooksAsync(server.Port);
        try
        {
            await TrustAsync(known ? server.Pem : stranger.Pem);
            await Eventually.HoldsAsync(async () => WhyNot(await DemoteAsync(tenant, "?dryRun=All"), words), $"the API server says: {words ?? "allowed"}");
            var kubectl = await kube.TryKubectlAsync($"patch accountuser alice -n {tenant.Namespace} --type=merge --patch={{\"spec\":{{\"userType\":\"Member\"}}}}");
            Assert.Equal(words is null, kubectl.Succeeded);
            if (words is not null)
            {
                Assert.Contains(words, kubectl.Stderr, StringComparison.Ordinal);
                Assert.False((await kube.DeleteAsync(tenant.Path(Tenant.Users, "alice"))).Ok);
                Assert.Equal(before["metadata"]!["resourceVersion"]!.GetValue<string>(), (await tenant.GetAsync(Tenant.Users, "alice"))["metadata"]!["resourceVersion"]!.GetValue<string>());
            }
        }
        finally
        {
            await fixture.Installation.RemoveWebhooksAsync();
        }
    }

    [SkippableFact]
    public async Task With_the_operator_stopped_our_kinds_are_held_and_the_rest_of_the_cluster_is_not()
    {
        var kube = fixture.Installation.Kube;
        await using var backend = await BackendProcess.StartAsync();
        await using var running = await RunningOperator.StartAsync(fixture.Installation);
        var tenant = await Tenant.ReadyAsync(kube, backend);
        Assert.Equal(0, await running.StopAsync());

        var writes = new Dictionary<string, Answer>
        {
            ["demote"] = await DemoteAsync(tenant),
            ["delete"] = await kube.DeleteAsync(tenant.Path(Tenant.Users, "alice")),
            ["create"] = await tenant.CreateUserAsync("zoe"),
            ["issue"] = await tenant.CreateTokenAsync("okta", "alice"),
            ["repoint"] = await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"url":"http://127.0.0.1:1"}"""),
        };
        Assert.All(writes, write =>
        {
            Assert.Equal(HttpStatusCode.InternalServerError, write.Value.Status);
            Assert.Contains("failed calling webhook", write.Value.Message, StringComparison.Ordinal);
        });

        var maps = new ConfigMaps(kube, tenant.Namespace);
        await maps.CreateAsync("free");
        await maps.LabelAsync("free", "yes");
        await maps.DeleteAsync("free");
        await kube.CreateNamespaceAsync();
        await tenant.PutCredentialAsync(backend.Credential);
        (await kube.MergeAsync(tenant.Path(Tenant.Users, "alice") + "/status", """{"status":{"heldTokenCount":0}}""")).Succeeded();
    }

    /// <summary>Null once the API server answers as it must; it learns of a changed webhook a moment later.</summary>
    private static string? WhyNot(Answer answer, string? words)
    {
        var holds = words is null ? answer.Ok : !answer.Ok && answer.Message.Contains(words, StringComparison.Ordinal);
        return holds ? null : answer.Text;
    }

    private async Task<Answer> DemoteAsync(Tenant tenant, string query = "") =>
        await fixture.Kube.MergeAsync(tenant.Path(Tenant.Users, "alice") + query, """{"spec":{"userType":"Member"}}""");

    /// <summary>What the operator does for its own certificate.</summary>
    private async Task TrustAsync(string pem)
    {
        var bundle = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
        var patch = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"op":"add","path":"/webhooks/{{i}}/clientConfig/caBundle","value":"{{bundle}}"}"""));
        foreach (var kind in new[] { "validating", "mutating" })
        {
            (await fixture.Kube.JsonPatchAsync($"/apis/admissionregistration.k8s.io/v1/{kind}webhookconfigurations/scim-operator-{kind}", $"[{patch}]")).Succeeded();
        }
    }
}
