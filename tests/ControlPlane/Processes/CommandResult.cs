namespace ScimOperator.ControlPlanes.Processes;

/// <summary>What a finished command left.</summary>
/// <param name="ExitCode">0 for success; 128 + N where signal N ended it.</param>
/// <param name="Stdout">All of its standard output.</param>
/// <param name="Stderr">All of its standard error.</param>
public readonly record struct CommandResult(int ExitCode, string Stdout, string Stderr)
{
    /// <summary>Whether it exited with 0.</summary>
    public bool Succeeded => ExitCode == 0;
}
