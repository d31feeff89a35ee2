namespace ScimOperator.ControlPlanes;

/// <summary>
/// The process's shared control plane as an xunit fixture. Compile this file into the test project (see README.md); then
/// either <c>IClassFixture&lt;ControlPlaneFixture&gt;</c> or <c>[Collection(ControlPlaneCollection.Name)]</c>.
/// </summary>
public sealed class ControlPlaneFixture : IAsyncLifetime
{
    private ControlPlane? plane;

    /// <summary>The control plane, ready.</summary>
    public ControlPlane Plane => plane ?? throw new InvalidOperationException("xunit has not initialised the fixture yet.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => plane = await SharedControlPlane.GetAsync();

    /// <summary>Nothing: it is shared, and ends with the process.</summary>
    public Task DisposeAsync() => Task.CompletedTask;
}
