namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>One way to come by a control plane.</summary>
public interface IControlPlaneSource
{
    /// <summary>What the way is called where the choice is printed, e.g. <c>cache</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Tries this way. That a machine does not offer it is an answer (<see cref="SourceResult.Unavailable"/>), not an error;
    /// nothing half done is left behind then.
    /// </summary>
    /// <exception cref="ControlPlaneException">The user asked for this very way and it does not work.</exception>
    Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken);
}
