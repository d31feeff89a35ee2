using System.Globalization;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Plays the story in an environment of its own, and ends everything that it started.</summary>
internal sealed class DemoCommand
{
    private const int LogLines = 15;

    private readonly Narrator narrator;
    private readonly TimeProvider time;
    private readonly string workDirectory;
    private readonly Stage stage;
    private readonly IReadOnlyList<IDemoStep> steps;

    internal DemoCommand(RepositoryLayout repository, Narrator narrator, TimeProvider time, DemoOptions options)
    {
        this.narrator = narrator;
        this.time = time;
        workDirectory = Path.Combine(repository.Artifacts, "demo", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var environmentOptions = new DevEnvironmentOptions
        {
            Repository = repository,
            WorkDirectory = workDirectory,
            Replicas = 2,
            Progress = narrator.Progress,
            Typed = narrator.Typed,
            Time = time,
        };
        stage = new Stage(narrator, environmentOptions, options);
        steps = [new SetUpStep(), new SamplesStep(), new IdentityProviderStep(), new DenialStep(), new RehomingStep(time), new DemotionStep()];
    }

    internal async Task<int> RunAsync(CancellationToken stop)
    {
        RemoveLeftovers();
        if (Directory.Exists(workDirectory))
        {
            Directory.Delete(workDirectory, recursive: true);
        }

        var started = time.GetTimestamp();
        var passed = 0;
        try
        {
            foreach (var step in steps)
            {
                if (!await PlayAsync(step, passed + 1, stop))
                {
                    break;
                }

                passed++;
            }
        }
        finally
        {
            await EndAsync(keepFiles: passed < steps.Count && !stop.IsCancellationRequested);
        }

        narrator.Say("");
        var verdict = $"{passed} of {steps.Count} steps behave as they must ({time.GetElapsedTime(started).TotalSeconds:0} s)";
        if (passed == steps.Count)
        {
            narrator.Pass("demo: " + verdict);
            return 0;
        }

        narrator.Fail("demo: " + verdict);
        return stop.IsCancellationRequested ? 130 : 1;
    }

    private async Task<bool> PlayAsync(IDemoStep step, int number, CancellationToken stop)
    {
        narrator.Title($"Step {number}. {step.Title}");
        var started = time.GetTimestamp();
        try
        {
            await step.RunAsync(stage, stop);
            narrator.Pass($"step {number} ({time.GetElapsedTime(started).TotalSeconds:0.0} s)");
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            narrator.Fail($"step {number}: interrupted");
        }
        catch (Exception exception) when (exception is StepFailedException or ControlPlaneException or HttpRequestException or IOException or FormatException or OperationCanceledException)
        {
            narrator.Fail($"step {number}: {exception.Message}");
            ShowLogs();
        }

        return false;
    }

    private void ShowLogs()
    {
        foreach (var replica in stage.HasEnvironment ? stage.Environment.Operators.Where(replica => replica.WasStarted) : [])
        {
            narrator.Log(replica.Process.LogPath, replica.Process.ReadLogTail(LogLines));
        }

        narrator.Say($"All logs: {workDirectory}/logs and {workDirectory}/control-plane/logs");
    }

    private async Task EndAsync(bool keepFiles)
    {
        if (stage.HasEnvironment)
        {
            await stage.Environment.DisposeAsync();
        }

        if (!keepFiles && Directory.Exists(workDirectory))
        {
            Directory.Delete(workDirectory, recursive: true);
        }
    }

    /// <summary>What failed runs kept for reading goes with the next run, unless that one still runs.</summary>
    private void RemoveLeftovers()
    {
        var parent = Path.GetDirectoryName(workDirectory)!;
        PrivateFile.CreateFolder(parent);
        foreach (var folder in Directory.EnumerateDirectories(parent))
        {
            var owner = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? ProcessIdentity.Find(pid) : null;
            if (owner is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
