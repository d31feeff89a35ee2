using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.State;

/// <summary>A process that was left running.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Identity">Which process: its number alone may long belong to another.</param>
/// <param name="LogPath">Where its output goes.</param>
public sealed record RunningProcess(string Name, ProcessIdentity Identity, string LogPath)
{
    /// <summary>A child that is to outlive this process.</summary>
    public static RunningProcess From(ChildProcess child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return new RunningProcess(child.Name, child.Identity, child.LogPath);
    }
}
