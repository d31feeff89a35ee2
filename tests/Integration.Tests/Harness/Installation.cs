using System.Text.RegularExpressions;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Kubeconfigs;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>What <c>kubectl apply</c> of config/ puts on a server; the webhooks are reached by URL in place of the Service.</summary>
internal sealed partial class Installation
{
    internal const string Namespace = "scim-operator-system";
    internal const string ServiceAccount = "scim-operator";

    private Installation(Kube kube, string kubeconfigPath)
    {
        Kube = kube;
        KubeconfigPath = kubeconfigPath;
    }

    private const string AccountUserCrd = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/accountusers.scim-operator.io";

    internal Kube Kube { get; }

    /// <summary>Of the operator's own ServiceAccount, bound to config/rbac and nothing else.</summary>
    internal string KubeconfigPath { get; }

    /// <summary>Applies namespace, CRDs and RBAC of config/.</summary>
    internal static async Task<Installation> ApplyAsync(ControlPlane plane)
    {
        var kube = new Kube(plane);
        await kube.KubectlAsync($"apply -f {Repository.Config("manager/namespace.yaml")}");
        await kube.KubectlAsync($"apply --validate=false -k {Repository.Config("crd")}");
        await kube.KubectlAsync($"apply -k {Repository.Config("rbac")}");
        await kube.KubectlAsync($"wait --for=condition=Established --timeout=60s -f {Repository.Config("crd/bases")}");
        var path = await plane.CreateServiceAccountKubeconfigAsync(Namespace, ServiceAccount, Path.Combine(plane.WorkDirectory, "operator.kubeconfig"));
        return new Installation(kube, path);
    }

    /// <summary>Adds the rule of config/crd-guard to the AccountUser CRD.</summary>
    internal async Task ApplySchemaGuardAsync() =>
        (await Kube.JsonPatchAsync(AccountUserCrd, await File.ReadAllTextAsync(Repository.Config("crd-guard/rule.json")))).Succeeded();

    /// <summary>Takes it away again.</summary>
    internal async Task RemoveSchemaGuardAsync() =>
        (await Kube.JsonPatchAsync(AccountUserCrd, """[{"op":"remove","path":"/spec/versions/0/schema/openAPIV3Schema/x-kubernetes-validations"}]""")).Succeeded();

    /// <summary>A kubeconfig of the same ServiceAccount, whose way to the API server leads through a network of the test.</summary>
    internal string KubeconfigThrough(TcpProxy network)
    {
        var own = KubeconfigReader.Read(File.ReadAllText(KubeconfigPath), Kube.Plane.WorkDirectory);
        var path = Path.Combine(Kube.Plane.WorkDirectory, $"operator-{network.Port}.kubeconfig");
        KubeconfigWriter.Write(path, own with { Server = new UriBuilder(own.Server) { Port = network.Port }.Uri }, ServiceAccount);
        return path;
    }

    internal async Task ApplyWebhooksAsync(int port)
    {
        foreach (var file in new[] { "webhook/mutating.yaml", "webhook/validating.yaml" })
        {
            var yaml = await File.ReadAllTextAsync(Repository.Config(file));
            await Kube.KubectlAsync("apply -f -", ServiceReference().Replace(yaml, $"      url: https://127.0.0.1:{port}$1\n"));
        }
    }

    internal Task RemoveWebhooksAsync() => Kube.KubectlAsync(
        $"delete --ignore-not-found -f {Repository.Config("webhook/mutating.yaml")} -f {Repository.Config("webhook/validating.yaml")}");

    /// <summary>Waits until the API server calls both webhooks, which it learns of some time after they were applied.</summary>
    internal Task WaitForWebhooksAsync() => Eventually.HoldsAsync(
        async () =>
        {
            const string Account = """{"apiVersion":"scim-operator.io/v1alpha1","kind":"Account","metadata":{"name":"probe"},"spec":{"url":"http://127.0.0.1","credentialsSecretRef":{"name":"a","key":"b"}}}""";
            const string Token = """{"apiVersion":"scim-operator.io/v1alpha1","kind":"ScimToken","metadata":{"name":"probe"},"spec":{"accountRef":{"name":"a"},"ownerRef":{"name":"nobody"},"secret":{"name":"probe"}}}""";
            var mutated = await Kube.PostAsync(Kube.Scim("default", "accounts") + "?dryRun=All", Account);
            var judged = await Kube.PostAsync(Kube.Scim("default", "scimtokens") + "?dryRun=All", Token);
            var works = mutated.Ok && mutated.Body["metadata"]!["finalizers"] is not null
                && !judged.Ok && judged.Message.Contains("can't be issued to nobody", StringComparison.Ordinal);
            return works ? null : mutated.Text + judged.Text;
        }, "the webhooks are called");

    [GeneratedRegex(@"      service:\n(?:        (?:name|namespace): .*\n)+        path: (.*)\n        port: 443\n")]
    private static partial Regex ServiceReference();
}
