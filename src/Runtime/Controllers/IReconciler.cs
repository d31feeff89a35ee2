using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Controllers;

/// <summary>
/// Brings one object to its declared state. Level-based: it is told which object, never what happened. Calls for one key
/// never overlap. An exception backs off and tries again for ever; a <see cref="TerminalException"/> waits for the next change.
/// </summary>
public interface IReconciler
{
    /// <summary>Reconciles the object named by <paramref name="key"/>, which may be gone.</summary>
    Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}
