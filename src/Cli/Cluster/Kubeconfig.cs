using k8s;
using k8s.KubeConfigModels;

namespace ScimOperator.Cli.Cluster;

/// <summary>Reads kubeconfig files as kubectl does: of several, the first that names something wins.</summary>
internal static class Kubeconfig
{
    /// <summary>The connection for a context; null for the current one.</summary>
    internal static KubernetesClientConfiguration Read(IReadOnlyList<FileInfo> files, string? context) => files is [var only]
        ? KubernetesClientConfiguration.BuildConfigFromConfigFile(only, context)
        : KubernetesClientConfiguration.BuildConfigFromConfigObject(Merge([.. files.Select(file => KubernetesClientConfiguration.LoadKubeConfig(file))], context), context);

    private static K8SConfiguration Merge(IReadOnlyList<K8SConfiguration> files, string? context)
    {
        var current = context ?? files.Select(f => f.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        return new K8SConfiguration
        {
            CurrentContext = current,
            Contexts = First(files, f => f.Contexts, c => c.Name),
            Clusters = First(files, f => f.Clusters, c => c.Name),
            Users = First(files, f => f.Users, u => u.Name),

            // Relative names of certificates start from the file that has the context.
            FileName = (files.FirstOrDefault(f => f.Contexts?.Any(c => c.Name == current) == true) ?? files[0]).FileName,
        };
    }

    private static List<T> First<T>(IReadOnlyList<K8SConfiguration> files, Func<K8SConfiguration, IEnumerable<T>?> part, Func<T, string> name) =>
        [.. files.SelectMany(f => part(f) ?? []).DistinctBy(name)];
}
