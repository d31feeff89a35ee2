using Microsoft.Extensions.Time.Testing;
using ScimOperator.ControlPlanes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Tests;

public sealed class OperatorSupervisorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("supervisor").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_replica_that_ended_is_started_again_and_ends_with_the_supervisor()
    {
        var time = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var replica = new SupervisedReplica("replica", LoopbackPort.FindFree(), ["-c", "echo started"]);
        var running = new OperatorSupervisor(new SupervisorSpec(LoopbackPort.FindFree(), folder, "/bin/sh", [replica]), time).RunAsync(stop.Token);

        await UntilStartedAsync(times: 3, time);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void What_is_handed_over_in_a_file_arrives_as_it_was()
    {
        var path = Path.Combine(folder, "spec.json");
        var spec = new SupervisorSpec(1, "logs", "program", [new SupervisedReplica("a", 2, ["--x", "y"])]);

        spec.Write(path);

        var read = SupervisorSpec.Read(path);
        Assert.Equal((spec.ServicePort, spec.LogDirectory, spec.Program), (read.ServicePort, read.LogDirectory, read.Program));
        Assert.Equal(spec.Replicas[0].Arguments, Assert.Single(read.Replicas).Arguments);
    }

    [Fact]
    public void A_damaged_file_is_refused_by_its_name()
    {
        var path = Path.Combine(folder, "damaged.json");
        File.WriteAllText(path, "{");

        Assert.Contains(path, Assert.Throws<ControlPlaneException>(() => SupervisorSpec.Read(path)).Message, StringComparison.Ordinal);
    }

    private async Task UntilStartedAsync(int times, FakeTimeProvider time)
    {
        var log = Path.Combine(folder, "replica.log");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(log) || File.ReadAllLines(log).Length < times)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
