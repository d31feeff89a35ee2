using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.E2E.Tests;

/// <summary>The demo as a person runs it, on the published binaries (make build), also with a part killed in the middle of the cut-over.</summary>
public sealed class DemoTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Dev");

    [SkippableTheory]
    [InlineData("none")]
    [InlineData("leader")]
    [InlineData("apiserver")]
    [InlineData("backend")]
    public async Task Every_step_behaves_whatever_is_killed_in_the_middle(string killed)
    {
        Skip.If(
            Environment.GetEnvironmentVariable(ControlPlaneOptions.KubeconfigVariable) is { Length: > 0 },
            $"{ControlPlaneOptions.KubeconfigVariable} names a cluster that is not ours to kill parts of.");

        var demo = await Command.RunAsync(Program, ["demo", "--kill", killed]);

        Assert.True(demo.Succeeded, demo.Stdout + demo.Stderr);
        Assert.Contains("6 of 6 steps behave as they must", demo.Stdout, StringComparison.Ordinal);
        Assert.Contains(" 0 refused", demo.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_refused_with_those_that_do()
    {
        var refused = await Command.RunAsync(Program, ["demo", "--kill", "everything"]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("leader|apiserver|backend", refused.Stderr, StringComparison.Ordinal);
    }
}
