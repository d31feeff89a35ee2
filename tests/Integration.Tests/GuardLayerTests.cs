using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>What the API server refuses by itself, with no operator and no webhook running: the rule of config/crd-guard, and config/policy.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class GuardLayerTests(OwnPlaneFixture fixture)
{
    [SkippableTheory]
    [InlineData("""{"userType":"Member"}""")]
    [InlineData("""{"userType":"Guest"}""")]
    [InlineData("""{"active":false}""")]
    [InlineData("""{"userType":"Viewer","active":false}""")]
    public async Task The_schemas_rule_alone_refuses_to_demote_or_deactivate_a_holder(string spec)
    {
        var tenant = await HolderAsync(25, "CEL rules in CustomResourceDefinitions");
        await WithSchemaGuardAloneAsync(tenant, async () =>
        {
            var denied = await tenant.PatchSpecAsync(Tenant.Users, "alice", spec);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, denied.Status);
            Assert.Contains(SchemaWords, denied.Message, StringComparison.Ordinal);
            Assert.Contains("irst set spec.ownerRef of each ScimToken to another active admin and wait for Ready", denied.Message, StringComparison.Ordinal);
            var stored = await tenant.GetAsync(Tenant.Users, "alice");
            Assert.Equal(("Admin", null), (stored["spec"]!["userType"]!.GetValue<string>(), stored["spec"]!["active"]));

            await HoldAsync(tenant, "alice", 0);
            (await tenant.PatchSpecAsync(Tenant.Users, "alice", spec)).Succeeded();
        });
    }

    [SkippableFact]
    public async Task The_schemas_rule_names_the_tokens_the_first_three_of_many()
    {
        var tenant = await HolderAsync(27, "CEL rules that make their own message");
        await WithSchemaGuardAloneAsync(tenant, async () =>
        {
            await HoldAsync(tenant, "alice", 2, """[{"id":"tok_1","description":"okta","scimToken":"okta","secret":"okta-scim"},{"id":"tok_2"}]""");
            var denied = await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":false}""");
            Assert.Contains(
                $"can't be deactivated: {Tenant.Email("alice")} holds SCIM tokens, and they would stop working: \"okta\" (ScimToken okta, Secret okta-scim), tok_2 (token tok_2, made outside this cluster). First set",
                denied.Message,
                StringComparison.Ordinal);
            var many = string.Join(",", Enumerable.Range(0, 50).Select(n => $$"""{"id":"tok_{{n}}","description":"{{new string('d', 1024)}}","scimToken":"{{new string('s', 253)}}"}"""));
            await HoldAsync(tenant, "alice", 700, $"[{many}]");
            denied = await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":false}""");
            Assert.Contains(" and more (see status.heldTokens). First set", denied.Message, StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public async Task The_schemas_rule_lets_through_what_makes_nothing_worse()
    {
        var tenant = await HolderAsync(25, "CEL rules in CustomResourceDefinitions");
        await WithSchemaGuardAloneAsync(tenant, async () =>
        {
            await AssertHarmlessEditsPassAsync(tenant);
            (await tenant.CreateUserAsync("mia", "Member")).Succeeded();
            await HoldAsync(tenant, "mia", 1);
            (await tenant.PatchSpecAsync(Tenant.Users, "mia", """{"userType":"Guest","active":false}""")).Succeeded();
        });
    }

    [SkippableFact]
    public async Task The_policy_alone_refuses_to_demote_or_deactivate_a_holder()
    {
        var tenant = await HolderAsync(30, "ValidatingAdmissionPolicies");
        await WithPolicyAloneAsync(tenant, async () =>
        {
            var demoted = await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""");
            Assert.Equal(HttpStatusCode.Forbidden, demoted.Status);
            Assert.Contains(
                $"AccountUser {tenant.Namespace}/alice can't be demoted from Admin to Member: {Tenant.Email("alice")} holds 1 SCIM token, and it would stop working: \"okta\" (ScimToken okta, Secret okta-scim). First set spec.ownerRef",
                demoted.Message,
                StringComparison.Ordinal);
            var deactivated = await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":false}""");
            Assert.Equal(HttpStatusCode.Forbidden, deactivated.Status);
            Assert.Contains($"AccountUser {tenant.Namespace}/alice can't be deactivated: {Tenant.Email("alice")} holds 1 SCIM token", deactivated.Message, StringComparison.Ordinal);
            await AssertHarmlessEditsPassAsync(tenant);
            await HoldAsync(tenant, "alice", 0);
            (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""")).Succeeded();
        });
    }

    [SkippableFact]
    public async Task The_policy_alone_refuses_a_deletion_that_would_take_the_user_away_and_no_other()
    {
        var tenant = await HolderAsync(30, "ValidatingAdmissionPolicies");
        await WithPolicyAloneAsync(tenant, async () =>
        {
            var path = tenant.Path(Tenant.Users, "alice");
            foreach (var policy in new[] { "Delete", "Deactivate" })
            {
                (await tenant.PatchSpecAsync(Tenant.Users, "alice", $$"""{"deletionPolicy":"{{policy}}"}""")).Succeeded();
                foreach (var way in new[] { path, tenant.Path(Tenant.Users) + "?fieldSelector=metadata.name%3Dalice" })
                {
                    var denied = await fixture.Kube.DeleteAsync(way);
                    Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
                    Assert.Contains($"can't be deleted with deletionPolicy {policy}: {Tenant.Email("alice")} holds 1 SCIM token", denied.Message, StringComparison.Ordinal);
                }
            }

            Assert.Null((await tenant.GetAsync(Tenant.Users, "alice"))["metadata"]!["deletionTimestamp"]);
            (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"deletionPolicy":"Retain"}""")).Succeeded();
            (await fixture.Kube.DeleteAsync(path)).Succeeded();
            await fixture.Kube.WaitUntilGoneAsync(path);
        });
    }

    /// <summary>What the schema's rule says: it can name the tokens since 1.27.</summary>
    private string SchemaWords => fixture.Installation.Kube.Plane.ServerVersion.IsAtLeast(1, 27)
        ? $"{Tenant.Email("alice")} holds "
        : "this admin holds SCIM tokens (status.heldTokens)";

    /// <summary>A namespace with the admin alice, of whom the status says that she holds a token; nothing watches it.</summary>
    private async Task<Tenant> HolderAsync(int minor, string feature)
    {
        var version = fixture.Installation.Kube.Plane.ServerVersion;
        Skip.IfNot(version.IsAtLeast(1, minor), $"{feature} need Kubernetes 1.{minor}; this server is {version}.");
        var tenant = await Tenant.CreateAsync(fixture.Kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        await HoldAsync(tenant, "alice", 1);
        return tenant;
    }

    private async Task HoldAsync(Tenant tenant, string name, int count, string? list = null)
    {
        var tokens = count == 0 ? "null" : list ?? """[{"id":"tok_1","description":"okta","scimToken":"okta","secret":"okta-scim"}]""";
        (await fixture.Kube.MergeAsync(tenant.Path(Tenant.Users, name) + "/status", $$$"""{"status":{"heldTokenCount":{{{count}}},"heldTokens":{{{tokens}}}}}""")).Succeeded();
    }

    private async Task AssertHarmlessEditsPassAsync(Tenant tenant)
    {
        (await fixture.Kube.MergeAsync(tenant.Path(Tenant.Users, "alice"), """{"metadata":{"labels":{"team":"it"},"finalizers":["example.com/held"]}}""")).Succeeded();
        (await fixture.Kube.MergeAsync(tenant.Path(Tenant.Users, "alice"), """{"metadata":{"finalizers":null}}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"displayName":"Alice A.","active":true,"deletionPolicy":"Deactivate"}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":null,"deletionPolicy":null}""")).Succeeded();
    }

    private async Task WithSchemaGuardAloneAsync(Tenant tenant, Func<Task> act)
    {
        await fixture.Installation.ApplySchemaGuardAsync();
        try
        {
            await JudgedByAsync(tenant, SchemaWords);
            await act();
        }
        finally
        {
            await fixture.Installation.RemoveSchemaGuardAsync();
            await NoLongerJudgedAsync();
        }
    }

    private async Task WithPolicyAloneAsync(Tenant tenant, Func<Task> act)
    {
        await fixture.Kube.KubectlAsync($"apply -k {Repository.Config("policy")}");
        try
        {
            await JudgedByAsync(tenant, "ValidatingAdmissionPolicy");
            await act();
        }
        finally
        {
            await fixture.Kube.KubectlAsync($"delete --ignore-not-found -k {Repository.Config("policy")}");
            await NoLongerJudgedAsync();
        }
    }

    /// <summary>The API server takes a moment to act on a rule that was applied.</summary>
    private async Task JudgedByAsync(Tenant tenant, string words) => await Eventually.HoldsAsync(
        async () => await TryDemoteAsync(tenant) is { Ok: false } answer && answer.Message.Contains(words, StringComparison.Ordinal) ? null : "no such denial",
        $"the API server itself denies a demotion: {words}");

    /// <summary>And on one that was taken away.</summary>
    private async Task NoLongerJudgedAsync()
    {
        var tenant = await Tenant.CreateAsync(fixture.Kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        await HoldAsync(tenant, "alice", 1);
        await Eventually.HoldsAsync(async () => await TryDemoteAsync(tenant) is { Ok: false } answer ? answer.Text : null, "nothing denies a demotion any more");
    }

    private Task<Answer> TryDemoteAsync(Tenant tenant) =>
        fixture.Kube.MergeAsync(tenant.Path(Tenant.Users, "alice") + "?dryRun=All", """{"spec":{"userType":"Member"}}""");
}
