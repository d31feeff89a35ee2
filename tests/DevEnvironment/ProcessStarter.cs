using ScimOperator.ControlPlanes.Processes;
using ScimOperator.ControlPlanes.State;

namespace ScimOperator.DevEnvironments;

/// <summary>Starts the environment's programs, each with a log of its own, and remembers those that outlive this process.</summary>
internal sealed class ProcessStarter(DevEnvironmentOptions options)
{
    /// <summary>The folder with the programs' logs.</summary>
    internal string LogDirectory => Path.Combine(options.WorkDirectory, "logs");

    /// <summary>Starts a program.</summary>
    internal ChildProcess Start(string name, string program, IReadOnlyList<string> arguments)
    {
        var child = ChildProcess.Start(new ChildProcessOptions
        {
            Name = name,
            FileName = program,
            Arguments = arguments,
            LogPath = Path.Combine(LogDirectory, name + ".log"),
            Detached = options.Detached,
            Time = options.Time,
            WorkingDirectory = options.WorkDirectory,
        });
        if (options.StatePath is { } path)
        {
            RunStateFile.Update(path, state => state.With(RunningProcess.From(child)));
        }

        return child;
    }
}
