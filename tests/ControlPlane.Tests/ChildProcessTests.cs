using System.Net;
using System.Net.Sockets;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Output_of_both_streams_goes_to_the_log_which_only_its_owner_reads()
    {
        await using var child = Shell("echo out; echo err >&2; exit 3");
        Assert.Equal(3, await child.WaitForExitAsync());
        Assert.Equal("out\nerr", child.ReadLogTail());
        Assert.Equal("err", child.ReadLogTail(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(child.LogPath));
    }

    [Fact]
    public async Task The_environment_is_set_and_removed()
    {
        var options = Options("echo \"[$GIVEN][${HOME-none}]\"") with { Environment = new Dictionary<string, string?> { ["GIVEN"] = "a b", ["HOME"] = null } };
        await using var child = ChildProcess.Start(options);
        await child.WaitForExitAsync();
        Assert.Equal("[a b][none]", child.ReadLogTail());
    }

    [Fact]
    public async Task The_process_number_is_that_of_the_program_itself()
    {
        await using var child = Shell("echo $$");
        await child.WaitForExitAsync();
        Assert.Equal($"{child.Id}", child.ReadLogTail());
    }

    [Fact]
    public async Task A_polite_stop_lets_the_child_finish()
    {
        await using var child = Shell("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
        await ReadyAsync(child);
        Assert.True(await child.StopAsync());
        Assert.Equal("ready\nbye", child.ReadLogTail());
        Assert.Equal(0, await child.Exited);
    }

    [Fact]
    public async Task A_child_that_ignores_the_polite_stop_is_killed_after_the_grace_period()
    {
        await using var child = Shell("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        await ReadyAsync(child);
        Assert.False(await child.StopAsync(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(128 + (int)ChildSignal.Kill, await child.Exited);
    }

    [Fact]
    public async Task A_frozen_child_runs_on_when_told_to()
    {
        await using var child = Shell("echo ready; exec sleep 1000");
        await ReadyAsync(child);
        Assert.True(child.Signal(ChildSignal.Stop));
        await Eventually.HoldsAsync(() => Task.FromResult(StateOf(child.Id) == 'T'), "the child is frozen");
        Assert.True(child.Signal(ChildSignal.Continue));
        await Eventually.HoldsAsync(() => Task.FromResult(StateOf(child.Id) == 'S'), "the child runs on");
        await child.KillAsync();
        Assert.False(child.Signal(ChildSignal.Terminate));
    }

    [Fact]
    public async Task A_child_dies_with_the_process_that_started_it_even_when_that_is_killed()
    {
        // The parent here is a shell: what is tested is the wrapper that every attached child gets.
        var setpriv = ProgramPath.Find("setpriv");
        Assert.NotNull(setpriv);
        await using var parent = Shell($"{setpriv} --pdeathsig KILL -- sleep 1000 & echo $!; wait");
        await Eventually.HoldsAsync(() => Task.FromResult(int.TryParse(parent.ReadLogTail(), out _)), "the grandchild's number is there");
        var grandchild = ProcessIdentity.Find(int.Parse(parent.ReadLogTail(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotNull(grandchild);
        await Eventually.HoldsAsync(() => Task.FromResult(CommandOf(grandchild.Value.Pid).StartsWith("sleep", StringComparison.Ordinal)), "setpriv has become sleep");
        await parent.KillAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(!grandchild.Value.IsAlive), "the grandchild is gone");
    }

    [Fact]
    public async Task An_attached_child_is_started_with_the_death_signal_and_a_detached_one_is_not()
    {
        var dump = Options("") with { FileName = "setpriv", Arguments = ["--dump"] };
        await using var attached = ChildProcess.Start(dump);
        await using var detached = ChildProcess.Start(dump with { Detached = true, LogPath = folder.File("detached") });
        await Task.WhenAll(attached.Exited, detached.Exited);
        Assert.Contains("Parent death signal: kill", attached.ReadLogTail(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Parent death signal: [none]", detached.ReadLogTail(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_missing_program_is_named()
    {
        var error = Assert.Throws<ControlPlaneException>(() => ChildProcess.Start(Options("") with { FileName = "/no/such/program" }));
        Assert.Contains("/no/such/program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_returns_both_streams_and_takes_standard_input()
    {
        var result = await Command.RunAsync("sh", ["-c", "cat; echo err >&2; exit 4"], stdin: "given");
        Assert.Equal(new CommandResult(4, "given", "err\n"), result);
    }

    [Fact]
    public async Task A_cancelled_command_is_ended()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Command.RunAsync("sh", ["-c", "echo ready; exec sleep 1000"], onOutput: _ => cancel.Cancel(), cancellationToken: cancel.Token));
    }

    [Fact]
    public void A_port_belongs_to_the_process_that_listens_on_it_and_to_no_other()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.True(ListeningSocket.IsOwnedBy(Environment.ProcessId, port));
        Assert.False(ListeningSocket.IsOwnedBy(1, port));
        Assert.False(ListeningSocket.IsOwnedBy(int.MaxValue, port));
        listener.Stop();
        Assert.False(ListeningSocket.IsOwnedBy(Environment.ProcessId, port));
    }

    private ChildProcess Shell(string script) => ChildProcess.Start(Options(script));

    private ChildProcessOptions Options(string script) => new()
    {
        Name = "test child",
        FileName = "sh",
        Arguments = ["-c", script],
        LogPath = folder.File("log"),
    };

    private static Task ReadyAsync(ChildProcess child) =>
        Eventually.HoldsAsync(() => Task.FromResult(child.ReadLogTail().Contains("ready", StringComparison.Ordinal)), "the child is ready");

    private static char StateOf(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private static string CommandOf(int pid) => File.ReadAllText($"/proc/{pid}/cmdline");
}
