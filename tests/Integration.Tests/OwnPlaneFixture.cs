using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>A control plane of which the tests may kill parts, which records what the operator asks, and on which each test runs its own operators.</summary>
public sealed class OwnPlaneFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("scim-audit-").FullName;
    private ControlPlane? plane;
    private Installation? installation;

    internal Kube Kube => Installation.Kube;

    /// <summary>What is installed; skips the test where the cluster is somebody else's.</summary>
    internal Installation Installation
    {
        get
        {
            Skip.If(installation is null, "The control plane is an existing cluster: nothing of it may be killed or set up anew.");
            return installation;
        }
    }

    internal AuditLog Audit => new(Path.Combine(folder, "audit.log"));

    public async Task InitializeAsync()
    {
        var policy = Path.Combine(folder, "policy.json");
        await File.WriteAllTextAsync(policy, AuditLog.Policy);
        plane = await ControlPlane.StartAsync(new ControlPlaneOptions
        {
            Progress = TextWriter.Null,
            ApiServerFlags = new Dictionary<string, string> { ["audit-policy-file"] = policy, ["audit-log-path"] = Path.Combine(folder, "audit.log") },
        });
        installation = plane.CanRestart ? await Installation.ApplyAsync(plane) : null;
    }

    public async Task DisposeAsync()
    {
        await (plane?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(folder, recursive: true);
    }
}
