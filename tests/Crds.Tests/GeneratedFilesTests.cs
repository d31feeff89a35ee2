using ScimOperator.CrdGen;

namespace ScimOperator.Crds.Tests;

public sealed class GeneratedFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crdgen-");

    public static TheoryData<string> GeneratedPaths() => [.. Generator.Files().Select(f => f.Path)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(GeneratedPaths))]
    public void The_committed_file_is_what_the_types_generate(string path)
    {
        var expected = Generator.Files().Single(f => f.Path == path).Content;

        Assert.True(File.Exists(Repository.PathOf(path)), $"{path} is missing: run `make manifests`.");
        Assert.True(expected == File.ReadAllText(Repository.PathOf(path)), $"{path} is stale: run `make manifests` and commit the result.");
    }

    [Fact]
    public void No_other_file_is_among_the_generated_CRDs()
    {
        var expected = Generator.Files().Select(f => Path.GetFileName(f.Path));

        var present = Directory.GetFiles(Repository.PathOf(Generator.DefaultCrdFolder)).Select(Path.GetFileName);

        Assert.Empty(present.Except(expected));
    }

    [Fact]
    public void Generating_twice_gives_the_same_bytes()
    {
        Assert.Equal(Generator.Files(), Generator.Files());
    }

    [Fact]
    public void Check_passes_on_what_was_just_written_and_writes_nothing()
    {
        Assert.Equal(ManifestCommand.Success, Run(out var written, out _));
        Assert.Equal(Generator.Files().Count, written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.Equal(ManifestCommand.Success, Run(out var output, out var error, "--check"));

        Assert.Equal("", output + error);
    }

    [Fact]
    public void Check_names_each_stale_file_and_leaves_it_as_it_is()
    {
        Run(out _, out _);
        var stale = Path.Combine(_folder.FullName, Generator.ReferencePath);
        File.WriteAllText(stale, "edited");

        Assert.Equal(ManifestCommand.Stale, Run(out _, out var error, "--check"));

        Assert.Equal($"{Generator.ReferencePath} is stale: run `make manifests` and commit the result.\n", error.ReplaceLineEndings("\n"));
        Assert.Equal("edited", File.ReadAllText(stale));
    }

    [Fact]
    public void Check_reports_every_missing_file()
    {
        Assert.Equal(ManifestCommand.Stale, Run(out _, out var error, "--check"));

        Assert.All(Generator.Files(), file => Assert.Contains(file.Path, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Output_says_where_the_CRDs_go()
    {
        Run(out _, out _, "--output", "elsewhere/");

        Assert.True(File.Exists(Path.Combine(_folder.FullName, "elsewhere/scim-operator.io_accounts.yaml")));
    }

    [Theory]
    [InlineData("--chek")]
    [InlineData("--output")]
    public void A_wrong_command_line_explains_itself_and_writes_nothing(string argument)
    {
        Assert.Equal(ManifestCommand.Usage, Run(out _, out var error, argument));

        Assert.StartsWith("usage:", error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    private int Run(out string output, out string error, params string[] arguments)
    {
        using var outWriter = new StringWriter();
        using var errorWriter = new StringWriter();
        var code = ManifestCommand.Run(["--root", _folder.FullName, .. arguments], outWriter, errorWriter);
        (output, error) = (outWriter.ToString(), errorWriter.ToString());
        return code;
    }
}
