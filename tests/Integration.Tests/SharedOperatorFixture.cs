using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>One operator with its webhooks on the shared control plane, for all tests of the collection; each has its own namespace.</summary>
public sealed class SharedOperatorFixture : IAsyncLifetime
{
    private RunningOperator? running;

    internal Installation Installation { get; private set; } = null!;

    internal Kube Kube => Installation.Kube;

    internal RunningOperator Operator => running ?? throw new InvalidOperationException("xunit has not initialised the fixture yet.");

    public async Task InitializeAsync()
    {
        Installation = await Installation.ApplyAsync(await SharedControlPlane.GetAsync());
        running = await RunningOperator.StartAsync(Installation);
    }

    public async Task DisposeAsync() => await (running?.DisposeAsync() ?? ValueTask.CompletedTask);
}
