using System.Diagnostics;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>Runs a command to its end and collects what it says.</summary>
public static class Command
{
    /// <summary>Runs a command; an exit code other than 0 is a result, not an error.</summary>
    /// <param name="fileName">The program: a path, or a command that PATH finds.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="stdin">What to give it on standard input; nothing unless given.</param>
    /// <param name="environment">Variables to set (or, with null, to remove).</param>
    /// <param name="onOutput">Called for every line of either stream, as it comes.</param>
    /// <param name="cancellationToken">Ends the command (SIGTERM) and then throws.</param>
    /// <exception cref="ControlPlaneException">There is no such program.</exception>
    public static async Task<CommandResult> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        string? stdin = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Action<string>? onOutput = null,
        CancellationToken cancellationToken = default)
    {
        using var process = LauncherThread.Start(Describe(fileName, arguments, environment));
        var identity = ProcessIdentity.Find(process.Id);
        var outputs = Task.WhenAll(ReadAsync(process.StandardOutput, onOutput), ReadAsync(process.StandardError, onOutput));
        await using var registration = cancellationToken.Register(() => identity?.TrySignal(ChildSignal.Terminate));
        await GiveAsync(process, stdin);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        var texts = await outputs;
        return new CommandResult(process.ExitCode, texts[0], texts[1]);
    }

    private static ProcessStartInfo Describe(string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var program = ProgramPath.Find(fileName)
            ?? throw new ControlPlaneException($"There is no program {fileName}. Check the path, or install it.");
        var info = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // A command that runs for minutes must not outlive us: SIGTERM lets it clean up.
        string[] deathSignal = ProgramPath.Find("setpriv") is { } setpriv ? [setpriv, "--pdeathsig", "TERM", "--"] : [];
        string[] line = [.. deathSignal, program, .. arguments];
        info.FileName = line[0];
        foreach (var argument in line[1..])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static async Task GiveAsync(Process process, string? stdin)
    {
        try
        {
            await process.StandardInput.WriteAsync(stdin ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code tells more than a broken pipe.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onOutput)
    {
        if (onOutput is null)
        {
            return await reader.ReadToEndAsync();
        }

        var all = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            onOutput(line);
            all.Append(line).Append('\n');
        }

        return all.ToString();
    }
}
