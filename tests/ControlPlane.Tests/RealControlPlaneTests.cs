using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes.Kubeconfigs;

namespace ScimOperator.ControlPlanes.Tests;

/// <summary>On the process's shared control plane, obtained in whatever way this machine has.</summary>
public sealed class RealControlPlaneTests(ControlPlaneFixture fixture) : IClassFixture<ControlPlaneFixture>
{
    private readonly ControlPlane plane = fixture.Plane;

    [Fact]
    public async Task The_server_is_ready_and_says_its_version()
    {
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, "/readyz"));
        Assert.True(plane.ServerVersion.IsAtLeast(1, 20), plane.ServerVersion.GitVersion);
        Assert.StartsWith("v1.", plane.ServerVersion.GitVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_created_can_be_read_back()
    {
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);
        await Api.CreateAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}/configmaps", Api.Named("kept"));
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}/configmaps/kept"));
    }

    [SkippableFact]
    public async Task An_owned_object_is_garbage_collected_with_its_owner()
    {
        Skip.IfNot(plane.HasControllerManager, "This control plane has no kube-controller-manager.");
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);
        var configMaps = $"/api/v1/namespaces/{ns}/configmaps";
        var owner = await Api.CreateAsync(plane.AdminClient, configMaps, Api.Named("owner"));
        await Api.CreateAsync(plane.AdminClient, configMaps, Api.OwnedBy("owned", owner));
        using var deleted = await plane.AdminClient.DeleteAsync($"{configMaps}/owner");
        Assert.True(deleted.IsSuccessStatusCode);
        await Eventually.HoldsAsync(
            async () => await Api.StatusOfAsync(plane.AdminClient, $"{configMaps}/owned") == HttpStatusCode.NotFound,
            "the owned ConfigMap is gone");
    }

    [SkippableFact]
    public async Task A_deleted_namespace_takes_its_objects_along()
    {
        Skip.IfNot(plane.HasControllerManager, "This control plane has no kube-controller-manager.");
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);
        await Api.CreateAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}/configmaps", Api.Named("inside"));
        using var deleted = await plane.AdminClient.DeleteAsync($"/api/v1/namespaces/{ns}");
        Assert.True(deleted.IsSuccessStatusCode);
        await Eventually.HoldsAsync(
            async () => await Api.StatusOfAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}") == HttpStatusCode.NotFound,
            "the namespace is gone");
    }

    [Fact]
    public async Task A_service_account_kubeconfig_is_that_account_and_no_administrator()
    {
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);
        await Api.CreateAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}/serviceaccounts", Api.Named("operator"));
        var path = await plane.CreateServiceAccountKubeconfigAsync(ns, "operator", Path.Combine(plane.WorkDirectory, ns, "operator.kubeconfig"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var kubeconfig = KubeconfigReader.Read(await File.ReadAllTextAsync(path), plane.WorkDirectory);
        Assert.Equal($"system:serviceaccount:{ns}:operator", await ReviewUserAsync(kubeconfig.Token!));

        using var client = ApiClientFactory.Create(kubeconfig);
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(client, "/version"));
        Assert.Equal(HttpStatusCode.Forbidden, await Api.StatusOfAsync(client, $"/api/v1/namespaces/{ns}/secrets"));
        Assert.Equal(HttpStatusCode.Forbidden, await Api.StatusOfAsync(client, "/api/v1/nodes"));
        Assert.False(await MayDoEverythingAsync(client));
        Assert.True(await MayDoEverythingAsync(plane.AdminClient));
    }

    [Fact]
    public async Task A_kubeconfig_for_a_missing_service_account_is_refused_with_its_name()
    {
        var refused = await Assert.ThrowsAsync<ControlPlaneException>(() =>
            plane.CreateServiceAccountKubeconfigAsync("default", "nobody-here", Path.Combine(plane.WorkDirectory, "nobody")));
        Assert.Contains("default/nobody-here", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(plane.WorkDirectory, "nobody")));
    }

    [SkippableFact]
    public async Task Kubectl_runs_as_the_administrator_and_takes_a_manifest_on_standard_input()
    {
        Skip.If(plane.KubectlPath is null, "There is no kubectl.");
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);
        var manifest = $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"piped\",\"namespace\":\"{ns}\"}}}}";
        var applied = await plane.RunKubectlAsync(["apply", "-f", "-"], manifest);
        Assert.True(applied.Succeeded, applied.Stderr);
        Assert.Contains("piped", applied.Stdout, StringComparison.Ordinal);
        var missing = await plane.RunKubectlAsync(["get", "configmap", "absent", "-n", ns]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("NotFound", missing.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void The_admin_kubeconfig_is_readable_by_its_owner_only() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(plane.KubeconfigPath));

    [Fact]
    public async Task Naming_a_kubeconfig_attaches_to_that_cluster_and_leaves_it_running()
    {
        var options = new ControlPlaneOptions
        {
            Progress = TextWriter.Null,
            Environment = name => name == ControlPlaneOptions.KubeconfigVariable ? plane.KubeconfigPath : Environment.GetEnvironmentVariable(name),
        };
        await using (var attached = await ControlPlane.StartAsync(options))
        {
            Assert.Equal(plane.Server, attached.Server);
            Assert.Equal(plane.ServerVersion, attached.ServerVersion);
            Assert.Equal(plane.HasControllerManager, attached.HasControllerManager);
            Assert.False(attached.CanRestart);
            await Assert.ThrowsAsync<InvalidOperationException>(() => attached.KillApiServerAsync());
        }

        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, "/readyz"));
    }

    private async Task<string> ReviewUserAsync(string token)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenReview",
            ["spec"] = new JsonObject { ["token"] = token },
        };
        var answer = await Api.CreateAsync(plane.AdminClient, "/apis/authentication.k8s.io/v1/tokenreviews", review);
        return answer["status"]!["user"]!["username"]!.GetValue<string>();
    }

    private static async Task<bool> MayDoEverythingAsync(HttpClient client)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject { ["verb"] = "*", ["group"] = "*", ["resource"] = "*" },
            },
        };
        var answer = await Api.CreateAsync(client, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
        return answer["status"]!["allowed"]!.GetValue<bool>();
    }
}
