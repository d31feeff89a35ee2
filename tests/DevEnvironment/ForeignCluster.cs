using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>
/// Rules for a cluster that somebody else runs: nothing that was there is touched, and what was put there is taken away again.
/// </summary>
public sealed class ForeignCluster
{
    private readonly Func<IReadOnlyList<string>, Task> kubectl;

    /// <summary>With the way to run kubectl there; a command that fails does not throw.</summary>
    public ForeignCluster(Func<IReadOnlyList<string>, Task> kubectl) => this.kubectl = kubectl;

    /// <summary>Refuses a cluster in which the operator, or a namespace of the samples' name, is already at home.</summary>
    /// <exception cref="ControlPlaneException">It is.</exception>
    internal static async Task RequireEmptyAsync(ControlPlane plane, ClusterReader reader, CancellationToken cancellationToken)
    {
        foreach (var ns in new[] { OperatorConfig.Namespace, OperatorConfig.SamplesNamespace })
        {
            if (await reader.GetAsync($"/api/v1/namespaces/{ns}", cancellationToken) is not null)
            {
                throw new ControlPlaneException(
                    $"The cluster at {plane.Server} has a namespace {ns} already. Nothing was changed. Delete it if it is left over from a run that was cut off, or use another cluster.");
            }
        }
    }

    /// <summary>
    /// Takes away the samples' namespace, while the operator still runs and can remove its finalizers, and then what was
    /// applied from config/.
    /// </summary>
    /// <param name="manifest">The file that was applied.</param>
    public async Task CleanUpAsync(string manifest)
    {
        await kubectl(["delete", "namespace", OperatorConfig.SamplesNamespace, "--ignore-not-found", "--timeout=60s"]);
        if (File.Exists(manifest))
        {
            await kubectl(["delete", "--filename", manifest, "--ignore-not-found", "--timeout=60s"]);
        }
    }
}
