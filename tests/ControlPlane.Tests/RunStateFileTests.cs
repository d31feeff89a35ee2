using ScimOperator.ControlPlanes.Processes;
using ScimOperator.ControlPlanes.State;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class RunStateFileTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter progress = new();

    private string StatePath => folder.File("state.json");

    public void Dispose()
    {
        folder.Dispose();
        progress.Dispose();
    }

    [Fact]
    public async Task What_was_left_running_is_ended_and_its_folders_and_the_file_are_deleted()
    {
        await using var child = Sleep("left running");
        Directory.CreateDirectory(folder.File("data/inner"));
        RunStateFile.Save(StatePath, new RunState().With(RunningProcess.From(child)).WithFolder(folder.File("data")));
        Assert.Equal(1, await StopAsync());
        Assert.Equal(128 + (int)ChildSignal.Terminate, await child.Exited);
        Assert.False(Directory.Exists(folder.File("data")));
        Assert.False(File.Exists(StatePath));
        Assert.Equal($"left running ({child.Id}): ended\n", progress.ToString());
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(0, "another boot")]
    public async Task A_process_that_only_has_the_same_number_is_left_alone(long startedLater, string boot)
    {
        await using var stranger = Sleep("stranger");
        var recycled = stranger.Identity with
        {
            StartTicks = stranger.Identity.StartTicks - startedLater,
            BootId = boot.Length > 0 ? boot : stranger.Identity.BootId,
        };
        RunStateFile.Save(StatePath, new RunState().With(new RunningProcess("ours", recycled, "/dev/null")));
        Assert.Equal(0, await StopAsync());
        Assert.True(stranger.Identity.IsAlive);
        Assert.False(stranger.HasExited);
        Assert.Equal($"ours ({stranger.Id}): was not running any more\n", progress.ToString());
    }

    [Fact]
    public async Task A_process_that_ended_meanwhile_is_no_error()
    {
        await using var child = Sleep("gone");
        await child.KillAsync();
        RunStateFile.Save(StatePath, new RunState().With(RunningProcess.From(child)));
        Assert.Equal(0, await StopAsync());
    }

    [Fact]
    public async Task Processes_are_ended_in_reverse_order()
    {
        await using var first = Sleep("first");
        await using var second = Sleep("second");
        RunStateFile.Save(StatePath, new RunState().With(RunningProcess.From(first)).With(RunningProcess.From(second)));
        Assert.Equal(2, await StopAsync());
        Assert.Equal($"second ({second.Id}): ended\nfirst ({first.Id}): ended\n", progress.ToString());
    }

    [Fact]
    public async Task A_process_that_ignores_the_polite_request_is_killed()
    {
        await using var child = Start("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.1; done");
        await Eventually.HoldsAsync(() => Task.FromResult(child.ReadLogTail() == "ready"), "the child is ready");
        RunStateFile.Save(StatePath, new RunState().With(RunningProcess.From(child)));
        Assert.Equal(1, await RunStateFile.StopAsync(StatePath, TimeSpan.FromMilliseconds(100), TimeProvider.System, progress));
        Assert.Equal(128 + (int)ChildSignal.Kill, await child.Exited);
    }

    [Fact]
    public async Task Without_a_file_there_is_nothing_to_end() => Assert.Equal(0, await StopAsync());

    [Fact]
    public async Task A_damaged_file_is_an_error_that_ends_nothing_and_stays()
    {
        await File.WriteAllTextAsync(StatePath, "{ \"processes\": [");
        var error = await Assert.ThrowsAsync<ControlPlaneException>(StopAsync);
        Assert.Contains(StatePath, error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(StatePath));
    }

    [Fact]
    public async Task What_was_saved_is_loaded_and_only_its_owner_can_read_it()
    {
        await using var child = Sleep("kept");
        RunStateFile.Update(StatePath, state => state.With(RunningProcess.From(child)));
        RunStateFile.Update(StatePath, state => state.WithValue("server", "https://127.0.0.1:1").WithFolder("/tmp/x"));
        var loaded = RunStateFile.Load(StatePath);
        Assert.Equal([RunningProcess.From(child)], loaded.Processes);
        Assert.Equal(["/tmp/x"], loaded.Folders);
        Assert.Equal("https://127.0.0.1:1", loaded.Values["server"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
    }

    private Task<int> StopAsync() => RunStateFile.StopAsync(StatePath, Grace, TimeProvider.System, progress);

    private ChildProcess Sleep(string name) => Start(name, "exec sleep 1000");

    private ChildProcess Start(string name, string script) => ChildProcess.Start(new ChildProcessOptions
    {
        Name = name,
        FileName = "sh",
        Arguments = ["-c", script],
        LogPath = folder.File($"{name}.log"),
    });
}
