using ScimOperator.Cli;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>One run of kubectl scim in this process: watched, and interrupted, while it goes on.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly CancellationTokenSource interrupt = new();
    private readonly LiveText output = new() { NewLine = "\n" };
    private readonly LiveText error = new() { NewLine = "\n" };
    private readonly Task<int> run;

    internal CliRun(params string[] arguments)
    {
        var environment = new CliEnvironment(output, error, Stream.Null, AppContext.BaseDirectory, TimeProvider.System, Colour: false);
        run = Task.Run(() => CommandLine.RunAsync(arguments, environment, interrupt.Token));
    }

    internal string Output => output.ToString();

    internal string Error => error.ToString();

    internal string All => $"stdout:\n{Output}\nstderr:\n{Error}";

    /// <summary>Waits for progress that contains these words.</summary>
    internal Task SaysAsync(string words) => Eventually.HoldsAsync(
        () =>
        {
            Assert.False(run.IsCompleted && !Error.Contains(words, StringComparison.Ordinal), $"It ended without saying \"{words}\".\n{All}");
            return Error.Contains(words, StringComparison.Ordinal) ? null : All;
        },
        $"it says \"{words}\"");

    /// <summary>As Ctrl-C does.</summary>
    internal Task InterruptAsync() => interrupt.CancelAsync();

    /// <summary>Waits for the end, which must have this exit code.</summary>
    internal async Task<CliRun> EndsAsync(int exitCode)
    {
        var ended = await run.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        Assert.True(exitCode == ended, $"It ended with {ended}, not {exitCode}.\n{All}");
        return this;
    }

    public void Dispose() => interrupt.Dispose();
}
