using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>How etcd is started: one member, on loopback, for one test run.</summary>
internal static class Etcd
{
    private const string NoFsyncFlag = "--unsafe-no-fsync";
    private const long Quota = 4L << 30;

    internal static ChildProcessOptions Describe(string program, ClusterLayout layout, bool skipFsync, ControlPlaneOptions options) => new()
    {
        Name = "etcd",
        FileName = program,
        Arguments =
        [
            $"--data-dir={layout.DataDirectory}",
            $"--listen-client-urls={layout.EtcdUrl}",
            $"--advertise-client-urls={layout.EtcdUrl}",
            // A single member never talks to a peer: any free port will do.
            "--listen-peer-urls=http://127.0.0.1:0",
            $"--quota-backend-bytes={Quota}",
            .. skipFsync ? new[] { NoFsyncFlag } : [],
        ],
        LogPath = layout.Log("etcd"),
        Detached = options.Detached,
        Time = options.Time,
    };

    /// <summary>Null when it serves; else why not yet.</summary>
    internal static async Task<string?> WhyNotReadyAsync(ChildProcess child, HttpClient client, ClusterLayout layout, CancellationToken cancellationToken)
    {
        if (!ListeningSocket.IsOwnedBy(child.Id, layout.EtcdPort))
        {
            return $"it does not listen on port {layout.EtcdPort} yet";
        }

        using var response = await client.GetAsync($"{layout.EtcdUrl}/health", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return body.Contains("\"true\"", StringComparison.Ordinal) ? null : $"/health says {(int)response.StatusCode} {body}";
    }

    /// <summary>Whether this etcd can be told not to wait for the disk (some builds of 3.4, and all from 3.5 on).</summary>
    internal static async Task<bool> CanSkipFsyncAsync(string program, CancellationToken cancellationToken)
    {
        var help = await Command.RunAsync(program, ["--help"], cancellationToken: cancellationToken);
        return (help.Stdout + help.Stderr).Contains(NoFsyncFlag, StringComparison.Ordinal);
    }
}
