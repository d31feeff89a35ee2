namespace ScimOperator.Runtime;

/// <summary>Something the host runs until it is told to stop.</summary>
public interface IRunnable
{
    /// <summary>Name in logs.</summary>
    string Name { get; }

    /// <summary>Runs until cancelled; returning earlier is fine, an exception ends the process.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
