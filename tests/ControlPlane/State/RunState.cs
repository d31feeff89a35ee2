namespace ScimOperator.ControlPlanes.State;

/// <summary>What was started and left running: enough to end it later, and nothing else.</summary>
public sealed record RunState
{
    /// <summary>The processes in the order in which they were started; they are ended in reverse.</summary>
    public IReadOnlyList<RunningProcess> Processes { get; init; } = [];

    /// <summary>Folders that were made for them, to be deleted once they ended.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What others need to know: addresses and paths, never a credential.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>With one more process.</summary>
    public RunState With(RunningProcess process) => this with { Processes = [.. Processes, process] };

    /// <summary>With one more folder.</summary>
    public RunState WithFolder(string folder) => this with { Folders = [.. Folders, folder] };

    /// <summary>With one more value, or another value under the same name.</summary>
    public RunState WithValue(string name, string value) =>
        this with { Values = new Dictionary<string, string>(Values) { [name] = value } };
}
