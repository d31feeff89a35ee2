using System.Text.RegularExpressions;
using ScimOperator.DevEnvironments;

namespace ScimOperator.E2E.Tests;

/// <summary>No engine builds the image in these tests: they hold the Dockerfile to the publish command that made the binaries under test.</summary>
public sealed partial class DockerfileTests
{
    [Theory]
    [InlineData("src/Operator")]
    [InlineData("src/Backend")]
    public void The_image_is_published_as_the_binaries_under_test_are(string project)
    {
        var root = RepositoryLayout.Find().Root;
        var image = Publish().Matches(File.ReadAllText(Path.Combine(root, "Dockerfile"))).Select(m => m.Value).Single(c => c.Contains(project, StringComparison.Ordinal));
        var build = Publish().Match(File.ReadAllText(Path.Combine(root, "scripts", "publish.sh"))).Value;

        Assert.Equal(Shape(build), Shape(image));
    }

    [Fact]
    public void The_image_copies_what_the_build_reads()
    {
        var dockerfile = File.ReadAllText(Path.Combine(RepositoryLayout.Find().Root, "Dockerfile"));
        Assert.All(
            ["src/", "global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig"],
            input => Assert.Contains(input, dockerfile, StringComparison.Ordinal));
    }

    /// <summary>Configuration and the options that take a value, without the values that differ by place.</summary>
    private static string Shape(string command) => string.Join(' ', command.Split(' ').Where(w => w is "dotnet" or "publish" or "--configuration" or "Release" or "--runtime" or "--output"));

    [GeneratedRegex(@"dotnet publish [^\\\n]*")]
    private static partial Regex Publish();
}
