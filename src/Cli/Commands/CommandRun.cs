using ScimOperator.Cli.Cluster;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Commands;

/// <summary>Runs a command against a cluster, and turns what goes wrong into words and an exit code.</summary>
internal static class CommandRun
{
    internal static async Task<int> OnClusterAsync(
        CliEnvironment environment, ClusterRequest request, Func<ClusterConnection, Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            using var cluster = environment.Connect(request);
            return await command(cluster);
        }
        catch (CliException e)
        {
            return await EndAsync(environment, e);
        }
        catch (KubeApiException e)
        {
            return await EndAsync(environment, ApiRefusal.Explain(e));
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or InvalidDataException)
        {
            return await EndAsync(environment, new CliException($"The API server could not be asked: {e.Message}", inner: e));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await EndAsync(environment, new CliException("Stopped.", ExitCodes.Interrupted));
        }
    }

    private static async Task<int> EndAsync(CliEnvironment environment, CliException end)
    {
        await environment.Error.WriteLineAsync($"kubectl scim: {end.Message}");
        await environment.Error.FlushAsync(CancellationToken.None);
        return end.ExitCode;
    }
}
