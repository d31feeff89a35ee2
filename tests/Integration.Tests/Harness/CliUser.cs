namespace ScimOperator.Integration.Tests.Harness;

/// <summary>A person with kubectl scim and no more rights in one tenant's namespace than a role of config/rbac gives.</summary>
internal sealed class CliUser
{
    internal const string Offboarder = "scim-operator-offboarder";
    internal const string Viewer = "scim-operator-view";

    private readonly string kubeconfig;

    private CliUser(string kubeconfig) => this.kubeconfig = kubeconfig;

    internal string Kubeconfig => kubeconfig;

    /// <summary>Makes one, who may read the Account's credential or may not.</summary>
    internal static async Task<CliUser> CreateAsync(Tenant tenant, string role = Offboarder, bool readsCredential = false)
    {
        var name = $"person-{Guid.NewGuid():N}";
        var ns = tenant.Namespace;
        (await tenant.Kube.PostAsync(Kube.Core(ns, "serviceaccounts"), $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Succeeded();
        await BindAsync(tenant, name, "ClusterRole", role);
        if (readsCredential)
        {
            (await tenant.Kube.PostAsync(Rbac(ns, "roles"), $$$"""
                {"metadata":{"name":"{{{name}}}"},"rules":[{"apiGroups":[""],"resources":["secrets"],"resourceNames":["{{{Tenant.CredentialSecret}}}"],"verbs":["get"]}]}
                """)).Succeeded();
            await BindAsync(tenant, name, "Role", name);
        }

        var path = Path.Combine(tenant.Kube.Plane.WorkDirectory, $"{name}.kubeconfig");
        return new CliUser(await tenant.Kube.Plane.CreateServiceAccountKubeconfigAsync(ns, name, path));
    }

    /// <summary>Begins a command; the namespace is that of the kubeconfig's context.</summary>
    internal CliRun Start(params string[] arguments) => new([.. arguments, "--kubeconfig", kubeconfig]);

    /// <summary>Runs a command, which must end with this exit code.</summary>
    internal async Task<CliRun> RunAsync(int exitCode, params string[] arguments)
    {
        using var run = Start(arguments);
        return await run.EndsAsync(exitCode);
    }

    private static async Task BindAsync(Tenant tenant, string name, string kind, string role) =>
        (await tenant.Kube.PostAsync(Rbac(tenant.Namespace, "rolebindings"), $$$"""
            {"metadata":{"generateName":"person-"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"{{{kind}}}","name":"{{{role}}}"},
             "subjects":[{"kind":"ServiceAccount","name":"{{{name}}}","namespace":"{{{tenant.Namespace}}}"}]}
            """)).Succeeded();

    private static string Rbac(string ns, string plural) => $"/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/{plural}";
}
