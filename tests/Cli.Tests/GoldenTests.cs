using System.Globalization;

namespace ScimOperator.Cli.Tests;

/// <summary>
/// Each folder of testdata is a change set: base/, head/, snapshot.json if there is one, args with more arguments, and what the check must
/// say. UPDATE_GOLDEN=1 writes the expectations anew, for a person to read.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "testdata");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Data).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Says_what_the_case_expects(string name)
    {
        var folder = Path.Combine(Data, name);
        await ExpectAsync(folder, "expected.txt", "text");
        await ExpectAsync(folder, "expected.json", "json");
        var exit = await RunAsync(folder, "text");
        Assert.Equal(await ReadOrWriteAsync(folder, "exit", exit.ExitCode.ToString(CultureInfo.InvariantCulture) + "\n"), exit.ExitCode.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    [Fact]
    public void There_are_cases_of_every_outcome()
    {
        var exits = Directory.GetDirectories(Data).Select(d => File.ReadAllText(Path.Combine(d, "exit")).Trim()).ToHashSet();
        Assert.Superset(new HashSet<string> { "0", "1", "2" }, exits);
    }

    internal static async Task<CliRun> RunAsync(string folder, string format)
    {
        List<string> arguments = ["check", "--base", "base", "--head", "head", "-o", format];
        if (File.Exists(Path.Combine(folder, "snapshot.json")))
        {
            arguments.AddRange(["--snapshot", "snapshot.json"]);
        }

        var more = Path.Combine(folder, "args");
        if (File.Exists(more))
        {
            arguments.AddRange(File.ReadAllText(more).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        }

        var run = await CliRun.InAsync(folder, "", [.. arguments]);
        Assert.Equal("", run.Error);
        return run;
    }

    private static async Task ExpectAsync(string folder, string file, string format)
    {
        var run = await RunAsync(folder, format);
        Assert.Equal(await ReadOrWriteAsync(folder, file, run.Output), run.Output);
    }

    private static async Task<string> ReadOrWriteAsync(string folder, string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "tests/Cli.Tests/testdata", Path.GetFileName(folder), file), actual);
            await File.WriteAllTextAsync(Path.Combine(folder, file), actual);
        }

        return await File.ReadAllTextAsync(Path.Combine(folder, file));
    }
}
