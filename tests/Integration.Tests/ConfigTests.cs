using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>config/ on a real API server, and what its RBAC lets the operator do.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class ConfigTests(SharedOperatorFixture fixture)
{
    private const string Group = "scim-operator.io";
    private readonly Kube kube = fixture.Kube;

    [SkippableTheory]
    [InlineData("default", 20)]
    [InlineData("network-policy", 20)]
    [InlineData("pdb", 21)]
    [InlineData("policy", 30)]
    public async Task The_server_accepts_the_folder_in_a_dry_run(string folder, int sinceMinor)
    {
        var version = kube.Plane.ServerVersion;
        Skip.IfNot(version.IsAtLeast(1, sinceMinor), $"config/{folder} needs Kubernetes 1.{sinceMinor}; this server is {version}.");
        // A dry run of a namespace makes none for the objects in it: the fixture has applied it.
        var printed = await kube.KubectlAsync($"apply --dry-run=server --validate=false -k {Repository.Config(folder)}");
        Assert.Contains("(server dry run)", printed, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_whole_installation_is_in_the_default_folder()
    {
        var printed = await kube.KubectlAsync($"apply --dry-run=server --validate=false -k {Repository.Config("default")}");
        string[] expected =
        [
            "namespace/scim-operator-system", "customresourcedefinition.apiextensions.k8s.io/scimtokens.scim-operator.io",
            "deployment.apps/scim-operator", "clusterrole.rbac.authorization.k8s.io/scim-operator",
            "validatingwebhookconfiguration.admissionregistration.k8s.io/scim-operator-validating",
            "mutatingwebhookconfiguration.admissionregistration.k8s.io/scim-operator-mutating", "service/scim-operator-webhook",
        ];
        Assert.All(expected, name => Assert.Contains(name, printed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list", Group, "accounts", null)]
    [InlineData("watch", Group, "accountusers", null)]
    [InlineData("patch", Group, "scimtokens", null)]
    [InlineData("patch", Group, "scimtokens/status", null)]
    [InlineData("get", "", "secrets", null)]
    [InlineData("create", "", "secrets", null)]
    [InlineData("patch", "", "secrets", null)]
    [InlineData("create", "events.k8s.io", "events", null)]
    [InlineData("patch", "admissionregistration.k8s.io", "validatingwebhookconfigurations", "scim-operator-validating")]
    public async Task The_operator_may_do_what_it_needs(string verb, string group, string resource, string? name) =>
        Assert.True(await MayAsync(verb, group, resource, "some-tenant", name));

    [Theory]
    [InlineData("list", "", "nodes", null)]
    [InlineData("create", "rbac.authorization.k8s.io", "roles", null)]
    [InlineData("create", "rbac.authorization.k8s.io", "clusterrolebindings", null)]
    [InlineData("delete", "", "secrets", null)]
    [InlineData("update", "", "secrets", null)]
    [InlineData("list", "", "pods", null)]
    [InlineData("create", "", "pods", null)]
    [InlineData("create", Group, "scimtokens", null)]
    [InlineData("delete", Group, "accountusers", null)]
    [InlineData("create", "", "serviceaccounts/token", null)]
    [InlineData("impersonate", "", "users", null)]
    [InlineData("patch", "admissionregistration.k8s.io", "validatingwebhookconfigurations", "somebody-elses")]
    [InlineData("delete", "admissionregistration.k8s.io", "validatingwebhookconfigurations", "scim-operator-validating")]
    [InlineData("create", "coordination.k8s.io", "leases", null)]
    [InlineData("*", "*", "*", null)]
    public async Task The_operator_may_do_nothing_else(string verb, string group, string resource, string? name) =>
        Assert.False(await MayAsync(verb, group, resource, "some-tenant", name));

    [Theory]
    [InlineData("leases", "coordination.k8s.io", "update", "scim-operator", true)]
    [InlineData("leases", "coordination.k8s.io", "update", "somebody-elses", false)]
    public async Task The_lease_is_the_operators_own_in_its_namespace(string resource, string group, string verb, string name, bool allowed) =>
        Assert.Equal(allowed, await MayAsync(verb, group, resource, Installation.Namespace, name));

    private async Task<bool> MayAsync(string verb, string group, string resource, string ns, string? name)
    {
        var parts = resource.Split('/');
        var attributes = new JsonObject { ["verb"] = verb, ["group"] = group, ["resource"] = parts[0], ["namespace"] = ns, ["name"] = name };
        attributes["subresource"] = parts.Length > 1 ? parts[1] : null;
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["user"] = $"system:serviceaccount:{Installation.Namespace}:{Installation.ServiceAccount}",
                ["groups"] = new JsonArray("system:serviceaccounts", $"system:serviceaccounts:{Installation.Namespace}", "system:authenticated"),
                ["resourceAttributes"] = attributes,
            },
        };
        var answer = await kube.PostAsync("/apis/authorization.k8s.io/v1/subjectaccessreviews", review.ToJsonString());
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Body["status"]!["allowed"]!.GetValue<bool>();
    }
}
