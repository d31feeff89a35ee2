using ScimOperator.ControlPlanes;
using Xunit.Abstractions;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>
/// The published operator against a real API server and a real backend, killed with SIGKILL at each of its requests in turn:
/// before the server gets it, after the server did it and before the answer arrives, and with the request arriving late.
/// </summary>
public sealed class CrashTests(CrashFixture fixture, ITestOutputHelper output) : IClassFixture<CrashFixture>
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Killed_at_every_step_it_is_started_again_and_nothing_is_lost(string name)
    {
        Skip.If(
            Environment.GetEnvironmentVariable(ControlPlaneOptions.KubeconfigVariable) is { Length: > 0 },
            $"{ControlPlaneOptions.KubeconfigVariable} names a cluster that is not ours.");

        var report = await new CrashCampaign(fixture, Scenarios.All.Single(s => s.Name == name)).RunAsync(TimeProvider.System);

        output.WriteLine(report.ToString());
        Assert.True(report.Failures.Count == 0, report.ToString());
        Assert.True(report.Chosen > 0, "There was nothing to crash at.");
    }
}
