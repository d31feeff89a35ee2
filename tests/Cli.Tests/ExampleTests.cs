using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Tests;

/// <summary>What the guide shows is so.</summary>
public sealed class ExampleTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs/guides/examples");

    [Fact]
    public void Every_example_can_be_read()
    {
        var files = Directory.GetFiles(Examples, "*.yaml", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotEmpty(DocumentReader.Read(file, File.ReadAllBytes(file), new InputLimits())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0, "--trust-sync-waves")]
    public async Task The_sync_wave_example_passes_when_waves_are_trusted(int exitCode, params string[] more)
    {
        var run = await CliRun.InAsync(Examples, "", ["check", "--base", "argo-cd/base.yaml", "--head", "argo-cd/head.yaml", .. more]);
        Assert.True(run.ExitCode == exitCode, run.Output);
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("offboard")]
    [InlineData("tokens")]
    public async Task The_guide_of_offboarding_names_every_option_of_its_commands(string command)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/guides/offboarding.md"));
        var help = (await CliRun.InAsync(".", "", command, "--help")).Output;
        var options = help[help.IndexOf("Options:", StringComparison.Ordinal)..].Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w.StartsWith("--", StringComparison.Ordinal) && w is not ("--help" or "--output" or "--kubeconfig" or "--context" or "--namespace" or "--all-namespaces"))
            .Select(w => w.TrimEnd(':', ';', '.')).Distinct().ToList();
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains(option, guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_guide_names_every_option()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/guides/pull-requests.md"));
        var help = await CliRun.InAsync(".", "", "check", "--help");
        var options = help.Output.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries).Where(w => w.StartsWith("--", StringComparison.Ordinal) && w is not ("--help" or "--output")).Distinct().ToList();
        Assert.Contains("--require-snapshot", options);
        Assert.All(options, option => Assert.Contains(option, guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ScimOperator.Guard.GuardCodes, ScimOperator.Guard")]
    [InlineData("ScimOperator.Cli.Checks.FindingCodes, kubectl-scim")]
    public async Task The_guide_names_every_code(string type)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/guides/pull-requests.md"));
        var codes = Type.GetType(type, throwOnError: true)!
            .GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"`{code}`", guide, StringComparison.Ordinal));
    }
}
