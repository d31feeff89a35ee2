using System.Globalization;
using ScimOperator.ControlPlanes;
using Xunit.Abstractions;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>
/// Random kills, freezes, cuts and delays on the published operator, the backend and the API server, while tokens are rotated,
/// moved, created and deleted, and identity providers live on them. <c>make chaos MINUTES=n</c> runs it for longer.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const string SecondsVariable = "CHAOS_SECONDS";
    private const string SeedVariable = "CHAOS_SEED";
    private const int DefaultSeconds = 50;
    private const int DefaultSeed = 4;

    [SkippableFact]
    public async Task No_identity_provider_is_refused_and_nothing_is_left_behind_whatever_is_killed()
    {
        var report = await RunAsync(new StormOptions { Seed = Number(SeedVariable, DefaultSeed), Duration = TimeSpan.FromSeconds(Number(SecondsVariable, DefaultSeconds)) });

        Assert.True(report.Violations.Count == 0, $"Again with {SeedVariable}={report.Options.Seed} make chaos:\n{report}");
        Assert.True(report.Cutovers > 0, $"Nothing was rotated, so this proves nothing: {report}");
    }

    [SkippableFact]
    public async Task A_token_deleted_behind_the_operators_back_is_reported_with_who_did_it()
    {
        var report = await RunAsync(new StormOptions { Seed = 1, Duration = TimeSpan.FromSeconds(3), WithFaults = false, Sabotage = true });

        Assert.NotEmpty(report.Violations);
        Assert.All(report.Violations, violation => Assert.StartsWith("continuity: ", violation, StringComparison.Ordinal));
        Assert.Contains("token.delete by credential:default", report.Violations[0], StringComparison.Ordinal);
        Assert.NotNull(report.CalmAfter);
    }

    private async Task<StormReport> RunAsync(StormOptions options)
    {
        Skip.If(
            Environment.GetEnvironmentVariable(ControlPlaneOptions.KubeconfigVariable) is { Length: > 0 },
            $"{ControlPlaneOptions.KubeconfigVariable} names a cluster that is not ours to kill parts of.");
        var report = await new Storm(options, new StormLog(Console.Error, TimeProvider.System), TimeProvider.System).RunAsync();
        output.WriteLine(report.ToString());
        return report;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
