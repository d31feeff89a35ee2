namespace ScimOperator.Integration.Tests.Harness;

/// <summary>ConfigMaps as objects that nobody else cares for.</summary>
internal sealed class ConfigMaps(Kube kube, string ns)
{
    internal string Path(string name) => Kube.Core(ns, "configmaps", name);

    internal async Task CreateAsync(params string[] names)
    {
        foreach (var name in names)
        {
            (await kube.PostAsync(Kube.Core(ns, "configmaps"), $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Succeeded();
        }
    }

    internal async Task LabelAsync(string name, string value) =>
        (await kube.MergeAsync(Path(name), $$$$"""{"metadata":{"labels":{"l":"{{{{value}}}}"}}}""")).Succeeded();

    internal async Task DeleteAsync(string name) => (await kube.DeleteAsync(Path(name))).Succeeded();
}
