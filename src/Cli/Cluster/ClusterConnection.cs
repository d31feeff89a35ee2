using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Cluster;

/// <summary>A connection to a cluster.</summary>
/// <param name="Client">Speaks to the API server as the user of the kubeconfig.</param>
/// <param name="Namespace">The namespace that a command without <c>-A</c> is for.</param>
internal sealed record ClusterConnection(IKubeClient Client, string Namespace) : IDisposable
{
    /// <summary>Owner of the fields that this program writes.</summary>
    internal const string FieldManager = "kubectl-scim";

    private const string DefaultNamespace = "default";

    /// <summary>Connects as kubectl would; throws <see cref="CliException"/> when the kubeconfig can't be used.</summary>
    internal static ClusterConnection Open(ClusterRequest request, TimeProvider time)
    {
        try
        {
            var config = Configuration(request);
            var client = KubeClientFactory.Create(config, FieldManager, time, NullLoggerFactory.Instance);
            return new ClusterConnection(client, request.Namespace ?? (string.IsNullOrWhiteSpace(config.Namespace) ? DefaultNamespace : config.Namespace.Trim()));
        }
        catch (Exception e) when (e is not CliException and not OutOfMemoryException)
        {
            // Readers of YAML, certificates and credential plug-ins each have their own exceptions; all are for the user to mend.
            throw new CliException($"No connection to a cluster can be made from {request.Kubeconfig ?? "the kubeconfig"}: {e.Message}", inner: e);
        }
    }

    public void Dispose() => (Client as IDisposable)?.Dispose();

    private static KubernetesClientConfiguration Configuration(ClusterRequest request)
    {
        var files = Files(request.Kubeconfig);
        if (files.Length > 0)
        {
            return Kubeconfig.Read(files, request.Context);
        }

        return request.Context is null && KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : throw new CliException("There is no kubeconfig: name one with --kubeconfig or in KUBECONFIG, or put it at ~/.kube/config.");
    }

    private static FileInfo[] Files(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? [new FileInfo(named)] : throw new CliException($"--kubeconfig: there is no file {named}.");
        }

        // KUBECONFIG is a list whose missing files are passed over, as in kubectl.
        var variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        string[] candidates = string.IsNullOrEmpty(variable)
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")]
            : variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. candidates.Where(File.Exists).Select(path => new FileInfo(path))];
    }
}
