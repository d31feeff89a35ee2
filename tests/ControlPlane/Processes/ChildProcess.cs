using System.Diagnostics;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>
/// A child whose output goes straight to a file (so that neither a full pipe nor the end of this process stops it), that
/// can be signalled, frozen and killed, and that leaves no orphan behind unless it is meant to. Linux only.
/// </summary>
/// <remarks>
/// Expected flow: <see cref="Start"/>, use, <see cref="StopAsync"/> or <see cref="DisposeAsync"/>. Ctrl-C in a terminal
/// does not reach the child (it has its own session): this process decides in which order its children end.
/// </remarks>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly ChildProcessOptions options;

    private ChildProcess(Process process, ProcessIdentity identity, ChildProcessOptions options)
    {
        this.process = process;
        this.options = options;
        Identity = identity;
        Exited = WaitForExitCodeAsync();
    }

    /// <summary>What it is called in messages.</summary>
    public string Name => options.Name;

    /// <summary>The process number.</summary>
    public int Id => Identity.Pid;

    /// <summary>The process number together with when it started: what a state file keeps.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>The file that holds what it printed.</summary>
    public string LogPath => options.LogPath;

    /// <summary>Completes with the exit code; 128 + N where signal N ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Whether it ended.</summary>
    public bool HasExited => Exited.IsCompleted || process.HasExited;

    /// <summary>Starts a child.</summary>
    /// <exception cref="ControlPlaneException">The program can't be started; the message names it.</exception>
    public static ChildProcess Start(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PrivateFile.EnsureExists(options.LogPath);
        var process = Launch(options);
        // A child that is gone already has no identity left to read: nothing can be signalled by mistake then either.
        var identity = ProcessIdentity.Find(process.Id) ?? new ProcessIdentity(process.Id, -1, "");
        return new ChildProcess(process, identity, options);
    }

    /// <summary>Sends a signal.</summary>
    /// <returns>False where it ended already.</returns>
    public bool Signal(ChildSignal signal) => !HasExited && Identity.TrySignal(signal);

    /// <summary>Waits until it ends.</summary>
    /// <returns>The exit code; 128 + N where signal N ended it.</returns>
    public Task<int> WaitForExitAsync(CancellationToken cancellationToken = default) => Exited.WaitAsync(cancellationToken);

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        Signal(ChildSignal.Kill);
        await WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, then SIGKILL when the grace period (10 s unless given) is over.</summary>
    /// <returns>True where it ended by itself within the grace period.</returns>
    public async Task<bool> StopAsync(TimeSpan? grace = null, CancellationToken cancellationToken = default)
    {
        // A frozen process would keep the request pending for ever.
        Signal(ChildSignal.Continue);
        Signal(ChildSignal.Terminate);
        try
        {
            await Exited.WaitAsync(grace ?? DefaultGrace, options.Time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            await KillAsync(cancellationToken);
            return false;
        }
    }

    /// <summary>The end of what it printed, for messages.</summary>
    public string ReadLogTail(int lines = 40) => LogTail.Read(LogPath, lines);

    /// <summary>Ends an attached child (SIGTERM, then SIGKILL); leaves a detached one running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!options.Detached)
        {
            await StopAsync();
        }

        process.Dispose();
    }

    /// <summary>
    /// A shell opens the log and is then replaced by the program through exec, so the process number stays the same from
    /// start to end. setsid and setpriv come with util-linux, which every Debian has.
    /// </summary>
    private static Process Launch(ChildProcessOptions options)
    {
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = options.WorkingDirectory ?? "" };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add("""log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""");
        info.ArgumentList.Add(options.Name);
        info.ArgumentList.Add(Path.GetFullPath(options.LogPath));
        foreach (var argument in Wrapper(options.Detached).Append(ResolveProgram(options)).Concat(options.Arguments))
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in options.Environment)
        {
            info.Environment[name] = value;
        }

        return LauncherThread.Start(info);
    }

    private static string[] Wrapper(bool detached)
    {
        var session = ProgramPath.Find("setsid") is { } setsid ? new[] { setsid } : [];
        var deathSignal = ProgramPath.Find("setpriv");
        return detached || deathSignal is null ? session : [.. session, deathSignal, "--pdeathsig", "KILL", "--"];
    }

    private static string ResolveProgram(ChildProcessOptions options) =>
        ProgramPath.Find(options.FileName)
        ?? throw new ControlPlaneException($"{options.Name} can't be started: there is no program {options.FileName}. Check the path, or install it.");

    private async Task<int> WaitForExitCodeAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
