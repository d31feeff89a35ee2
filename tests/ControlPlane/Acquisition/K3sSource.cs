using DotNet.Testcontainers.Configurations;
using ScimOperator.ControlPlanes.Processes;
using Testcontainers.K3s;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>K3s in a container, where a Docker engine answers.</summary>
public sealed class K3sSource : IControlPlaneSource
{
    private const string Image = "rancher/k3s:v1.32.5-k3s1";
    private const string EngineSocket = "/var/run/docker.sock";
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "K3s on a Docker engine";

    /// <inheritdoc/>
    public async Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Detached)
        {
            return SourceResult.Unavailable("its container would end together with this process");
        }

        if (await WhyNoEngineAsync(options, cancellationToken) is { } reason)
        {
            return SourceResult.Unavailable(reason);
        }

        return await StartAsync(options, cancellationToken);
    }

    private static async Task<SourceResult> StartAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        options.Progress.WriteLine($"control plane: starting {Image} (pulled first where it is missing, about 80 MB)");
        var container = new K3sBuilder(Image).Build();
        try
        {
            await container.StartAsync(cancellationToken);
            var kubeconfig = await container.GetKubeconfigAsync();
            return SourceResult.From(new RunningCluster(Image, kubeconfig, Directory.GetCurrentDirectory(), container));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The engine's client throws many unrelated types (image not found, registry unreachable, engine gone).
            await container.DisposeAsync();
            return SourceResult.Unavailable($"{Image} does not start: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Asks the engine for its version: Testcontainers' own check throws deep inside, and only after a while.</summary>
    private static async Task<string?> WhyNoEngineAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        var endpoint = options.NotEmpty("DOCKER_HOST") ?? $"unix://{EngineSocket}";
        if (endpoint == $"unix://{EngineSocket}" && !File.Exists(EngineSocket))
        {
            return $"no engine: there is no {EngineSocket}";
        }

        try
        {
            var answer = await Command.RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], cancellationToken: cancellationToken)
                .WaitAsync(ProbeTimeout, options.Time, cancellationToken);
            return answer.Succeeded ? null : $"no engine answers at {endpoint}";
        }
        catch (TimeoutException)
        {
            return $"no engine answers at {endpoint} within {ProbeTimeout.TotalSeconds} s";
        }
        catch (ControlPlaneException)
        {
            return TestcontainersSettings.OS.DockerEndpointAuthConfig is null ? $"no engine answers at {endpoint}" : null;
        }
    }
}
