using YamlDotNet.RepresentationModel;

namespace ScimOperator.Crds.Tests;

/// <summary>What holds for the files under config/ without a server.</summary>
public sealed class ConfigTests
{
    // What the kustomize within kubectl 1.20 understands, and today's still does.
    private static readonly string[] KustomizeFields = ["apiVersion", "kind", "resources", "bases", "namespace", "images", "patchesStrategicMerge"];

    public static TheoryData<string> Folders() =>
        [.. Directory.GetFiles(Repository.PathOf("config"), "kustomization.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_kustomization_uses_only_what_old_and_new_kustomize_both_know(string folder)
    {
        var kustomization = Kustomization(folder);

        Assert.All(kustomization.Children.Keys, key => Assert.Contains(((YamlScalarNode)key).Value, KustomizeFields));
        Assert.All(kustomization.Texts("resources"), r => Assert.True(File.Exists(Path.Combine(Repository.Root, folder, r)), $"{folder}/{r} is no file"));
        Assert.All(kustomization.Texts("bases"), b => Assert.True(File.Exists(Path.Combine(Repository.Root, folder, b, "kustomization.yaml")), $"{folder}/{b} has no kustomization"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_kustomization_leaves_no_file_of_its_folder_out(string folder)
    {
        var kustomization = Kustomization(folder);
        var resources = kustomization.Texts("resources").Concat(kustomization.Texts("patchesStrategicMerge"));

        var files = Directory.GetFiles(Repository.PathOf(folder), "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.PathOf(folder), f))
            .Where(f => f != "kustomization.yaml");

        Assert.Equal(files.Order(StringComparer.Ordinal), resources.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_role_has_a_wildcard_or_may_raise_its_own_rights()
    {
        var rules = Rules("cluster-role.yaml").Concat(Rules("role.yaml")).Concat(Rules("aggregated-roles.yaml")).Concat(Rules("offboarder.yaml")).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.DoesNotContain("*", r.Texts("verbs").Concat(r.Texts("resources")).Concat(r.Texts("apiGroups"))));
        Assert.All(rules, r => Assert.Empty(r.Texts("verbs").Intersect(["escalate", "bind", "impersonate"])));
    }

    [Fact]
    public void The_operator_may_neither_create_nor_delete_its_own_kinds_nor_delete_a_Secret()
    {
        var rules = Rules("cluster-role.yaml").Concat(Rules("role.yaml")).ToList();

        Assert.All(rules, r => Assert.Empty(r.Texts("verbs").Intersect(["delete", "deletecollection"])));
        Assert.DoesNotContain(rules, r => r.Texts("apiGroups").Contains("scim-operator.io") && r.Texts("verbs").Contains("create"));
    }

    [Fact]
    public void The_operator_may_touch_no_webhook_configuration_but_its_own()
    {
        var rules = Rules("cluster-role.yaml").Where(r => r.Texts("apiGroups").Contains("admissionregistration.k8s.io")).ToList();

        Assert.Equal(
            ["mutatingwebhookconfigurations/scim-operator-mutating", "validatingwebhookconfigurations/scim-operator-validating"],
            rules.Select(r => $"{r.Texts("resources").Single()}/{r.Texts("resourceNames").Single()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Published_Secrets_can_not_be_read_through_the_roles_for_people()
    {
        Assert.All(Rules("aggregated-roles.yaml").Concat(Rules("offboarder.yaml")), r => Assert.Equal(["scim-operator.io"], r.Texts("apiGroups")));
    }

    [Fact]
    public void The_validating_webhook_holds_up_nothing_but_the_three_kinds()
    {
        var webhooks = YamlFile.Read("config/webhook/validating.yaml").Single().Items("webhooks");

        Assert.Equal(["accounts", "accountusers", "scimtokens"], webhooks.Select(w => w.Texts("rules", 0, "resources").Single()));
        Assert.All(webhooks, w => Assert.Single(w.Items("rules")));
        Assert.All(webhooks, w => Assert.Equal(["scim-operator.io"], w.Texts("rules", 0, "apiGroups")));
        Assert.All(webhooks, w => Assert.Equal(["CREATE", "UPDATE", "DELETE"], w.Texts("rules", 0, "operations")));
        Assert.All(webhooks, w => Assert.Equal("Fail/None", $"{w.Text("failurePolicy")}/{w.Text("sideEffects")}"));
        Assert.All(webhooks, w => Assert.Equal(
            $"/validate-scim-operator-io-v1alpha1-{w.Text("name")!.Split('.')[0]}", w.Text("clientConfig", "service", "path")));
    }

    [Fact]
    public void The_mutating_webhook_never_stands_in_the_way()
    {
        var webhooks = YamlFile.Read("config/webhook/mutating.yaml").Single().Items("webhooks");

        Assert.Equal(["accounts", "accountusers", "scimtokens"], webhooks.SelectMany(w => w.Texts("rules", 0, "resources")));
        Assert.All(webhooks, w => Assert.Equal("Ignore/None", $"{w.Text("failurePolicy")}/{w.Text("sideEffects")}"));
        Assert.All(webhooks, w => Assert.Equal(["CREATE"], w.Texts("rules", 0, "operations")));
        Assert.All(webhooks, w => Assert.Equal(
            $"/mutate-scim-operator-io-v1alpha1-{w.Text("name")!.Split('.')[0]}", w.Text("clientConfig", "service", "path")));
    }

    [Fact]
    public void Webhook_Service_Deployment_and_arguments_name_the_same_things()
    {
        var service = YamlFile.Read("config/webhook/service.yaml").Single();
        var deployment = YamlFile.Read("config/manager/deployment.yaml").Single();
        var args = deployment.Texts("spec", "template", "spec", "containers", 0, "args");
        var clients = YamlFile.Read("config/webhook/validating.yaml").Concat(YamlFile.Read("config/webhook/mutating.yaml"))
            .SelectMany(d => d.Items("webhooks")).Select(w => $"{w.Text("clientConfig", "service", "namespace")}/{w.Text("clientConfig", "service", "name")}:{w.Text("clientConfig", "service", "port")}");

        Assert.All(clients, c => Assert.Equal($"{service.Text("metadata", "namespace")}/{service.Text("metadata", "name")}:{service.Text("spec", "ports", 0, "port")}", c));
        Assert.Contains($"--webhook-service={service.Text("metadata", "name")}", args);
        Assert.Equal(service.At("spec", "selector"), deployment.At("spec", "selector", "matchLabels"));
        Assert.Contains("--webhook-cert-secret=scim-operator-webhook-cert", args);
        Assert.Contains(Rules("role.yaml"), r => r.Texts("resources").Contains("secrets") && r.Texts("resourceNames").Contains("scim-operator-webhook-cert"));
    }

    [Fact]
    public void With_cert_manager_only_the_certificate_arguments_differ()
    {
        string[] path = ["spec", "template", "spec"];
        var own = YamlFile.Read("config/manager/deployment.yaml").Single().Texts([.. path, "containers", 0, "args"]);
        var other = YamlFile.Read("config/certmanager/deployment-patch.yaml").Single().Texts([.. path, "containers", 0, "args"]);

        Assert.Equal(["--webhook-cert-secret=scim-operator-webhook-cert"], own.Except(other));
        Assert.Equal(["--webhook-cert-dir=/certs"], other.Except(own));
    }

    [Fact]
    public void The_pod_satisfies_the_restricted_pod_security_standard()
    {
        var pod = YamlFile.Read("config/manager/deployment.yaml").Single().At("spec", "template", "spec")!;
        var container = Assert.Single(pod.Items("containers"));

        Assert.Equal("restricted", YamlFile.Read("config/manager/namespace.yaml").Single().Text("metadata", "labels", "pod-security.kubernetes.io/enforce"));
        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal(["ALL"], container.Texts("securityContext", "capabilities", "drop"));
        Assert.Null(pod.At("volumes"));
    }

    [Fact]
    public void Two_replicas_run_so_that_the_webhook_outlives_one()
    {
        Assert.Equal("2", YamlFile.Read("config/manager/deployment.yaml").Single().Text("spec", "replicas"));
    }

    [Fact]
    public void Samples_have_only_fields_that_the_schema_knows_and_all_that_it_requires()
    {
        var fields = SchemaWalk.Fields().ToDictionary(f => f.Path, f => f.Required);
        var samples = Directory.GetFiles(Repository.PathOf("config/samples"), "*.yaml").SelectMany(YamlFile.Documents)
            .Where(d => d.Text("apiVersion") == GroupVersion.ApiVersion).ToList();

        Assert.Equal(4, samples.Count);
        Assert.All(samples, sample => AssertKnown(sample.Text("kind")!, "spec", sample.At("spec")!, fields));
    }

    private static void AssertKnown(string parent, string name, YamlNode node, Dictionary<string, bool> fields)
    {
        var path = $"{parent}.{name}";
        Assert.Contains(path, fields.Keys);
        if (node is not YamlMappingNode map)
        {
            return;
        }

        var present = map.Children.Keys.Select(k => ((YamlScalarNode)k).Value!).ToList();
        var required = fields.Where(f => f.Value && f.Key.StartsWith($"{path}.", StringComparison.Ordinal) && !f.Key[(path.Length + 1)..].Contains('.', StringComparison.Ordinal));
        Assert.All(required, f => Assert.Contains(f.Key[(path.Length + 1)..], present));
        Assert.All(map.Children, child => AssertKnown(path, ((YamlScalarNode)child.Key).Value!, child.Value, fields));
    }

    private static IReadOnlyList<YamlNode> Rules(string file) =>
        [.. YamlFile.Read($"config/rbac/{file}").SelectMany(d => d.Items("rules"))];

    private static YamlMappingNode Kustomization(string folder) => YamlFile.Read($"{folder}/kustomization.yaml").Single();
}
