using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Acquisition;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.TestRun;

/// <summary>Runs every test assembly that was built, one after the other, and counts the tests.</summary>
internal sealed class TestCommand(RepositoryLayout repository, TextWriter output, TimeProvider time, string only)
{
    private const string HangTimeout = "10m";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    private string ResultsDirectory => Path.Combine(repository.Artifacts, "test-results");

    /// <exception cref="FormatException">With a message for the user.</exception>
    internal static string ParseOnly(IReadOnlyList<string> args) => args switch
    {
        [] => "",
        ["--only", var text] => text,
        _ => throw new FormatException($"test: \"{string.Join(' ', args)}\" is not understood. Its only option is --only TEXT."),
    };

    internal async Task<int> RunAsync(CancellationToken stop)
    {
        var assemblies = FindAssemblies();
        await FetchControlPlaneAsync(stop);
        var results = new List<TestResult>();
        foreach (var (project, assembly) in assemblies)
        {
            results.AddRange(await RunAsync(project, assembly, stop));
        }

        output.WriteLine();
        output.WriteLine(TestReport.Format(results));
        return TestReport.Succeeded(results) ? 0 : 1;
    }

    /// <summary>One for each test project: an assembly that an earlier commit left behind is none of ours.</summary>
    private List<(string Project, string Assembly)> FindAssemblies()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(repository.Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)
            .Where(name => name.Contains(only, StringComparison.OrdinalIgnoreCase));
        return [.. projects.Select(name => (name, FindAssembly(name)))];
    }

    /// <summary>The newest, in case an assembly was renamed; its name ends with the project's.</summary>
    private string FindAssembly(string project)
    {
        var folder = Path.Combine(repository.Artifacts, "bin", project, "release");
        return (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{project}.dll") : []).MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new ControlPlaneException($"{project} was not built: there is no {folder}/*{project}.dll. Build the solution first: make test");
    }

    /// <summary>Before the tests, and where its progress is seen: building one takes minutes, the first time on a machine.</summary>
    private async Task FetchControlPlaneAsync(CancellationToken stop)
    {
        var source = await SourceChain.Default.AcquireAsync(new ControlPlaneOptions { Progress = output, Time = time }, stop);
        await (source.Cluster?.Container?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<IReadOnlyList<TestResult>> RunAsync(string name, string assembly, CancellationToken stop)
    {
        var file = Path.Combine(ResultsDirectory, name + ".trx");
        Directory.CreateDirectory(ResultsDirectory);
        File.Delete(file);
        output.WriteLine($"{name} ...");
        var started = time.GetTimestamp();
        var run = Command.RunAsync("dotnet", Arguments(assembly, name), cancellationToken: stop);
        await SayThatItStillRunsAsync(run, name, started);
        var results = Judge(name, await run, file);
        output.WriteLine($"{name}: {TestReport.Counts(results)} in {time.GetElapsedTime(started).TotalSeconds:0} s");
        return results;
    }

    private string[] Arguments(string assembly, string name) =>
    [
        "test", assembly,
        "--logger", $"trx;LogFileName={name}.trx",
        "--results-directory", ResultsDirectory,
        "--blame-hang-timeout", HangTimeout,
        "--blame-hang-dump-type", "none",
    ];

    private async Task SayThatItStillRunsAsync(Task run, string name, long started)
    {
        while (await Task.WhenAny(run, Task.Delay(Tick, time, CancellationToken.None)) != run)
        {
            output.WriteLine($"  still running {name}, {time.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }

    /// <summary>A test host that died reports only what it got to: the run itself then counts as a failure.</summary>
    private static IReadOnlyList<TestResult> Judge(string name, CommandResult run, string file)
    {
        var results = File.Exists(file) ? TrxReader.Read(File.ReadAllText(file)) : [];
        if (run.Succeeded || results.Any(result => result.Outcome == TestOutcome.Failed))
        {
            return results;
        }

        var said = string.Join('\n', (run.Stdout + run.Stderr).Trim().Split('\n').TakeLast(20));
        return [.. results, new TestResult(name, TestOutcome.Failed, $"the run ended with exit code {run.ExitCode}:\n{said}")];
    }
}
