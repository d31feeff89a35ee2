using ScimOperator.Cli.Input;
using ScimOperator.Cli.Tests.Cluster;

namespace ScimOperator.Cli.Tests;

/// <summary>
/// Each folder of offboarding is a cluster (cluster.json), an offboarding of alice (args), and what --plan must print: the exit code, standard
/// output and standard error. UPDATE_GOLDEN=1 writes the expectations anew, for a person to read.
/// </summary>
public sealed class OffboardPlanTests
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "offboarding");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Data).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Plans_what_the_case_expects(string name)
    {
        var (run, _) = await RunAsync(name, "--plan");
        var actual = $"exit code {run.ExitCode}\n--- standard error\n{run.Error}--- standard output\n{run.Output}";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "tests/Cli.Tests/offboarding", name, "expected.txt"), actual);
            await File.WriteAllTextAsync(Path.Combine(Data, name, "expected.txt"), actual);
        }

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Data, name, "expected.txt")), actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_planned_can_be_read_by_the_check_and_changes_nothing_else(string name)
    {
        var (run, cluster) = await RunAsync(name, "--plan");
        Assert.All(cluster.Calls, call => Assert.Matches("^(get|list) ", call));
        var documents = DocumentReader.Read("plan.yaml", System.Text.Encoding.UTF8.GetBytes(run.Output), new InputLimits());
        Assert.Equal(run.Output.Split("\n---\n").Length - 1, documents.Count);
        Assert.DoesNotContain("resourceVersion", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("status:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_cases_of_every_outcome() => Assert.Superset(
        new HashSet<string> { "exit code 0", "exit code 1", "exit code 2" },
        Directory.GetDirectories(Data).Select(d => File.ReadLines(Path.Combine(d, "expected.txt")).First()).ToHashSet());

    private static async Task<(CliRun Run, MemoryCluster Cluster)> RunAsync(string name, string more)
    {
        var folder = Path.Combine(Data, name);
        var cluster = new MemoryCluster(await File.ReadAllTextAsync(Path.Combine(folder, "cluster.json")));
        var arguments = (await File.ReadAllTextAsync(Path.Combine(folder, "args"))).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return (await CliRun.OnAsync(cluster, ["offboard", "alice", more, .. arguments]), cluster);
    }
}
