using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Tests;

public sealed class SampleManifestsTests : IDisposable
{
    private static readonly Uri Backend = new("http://127.0.0.1:8080/");

    private readonly string target = Directory.CreateTempSubdirectory("samples").FullName;

    public void Dispose() => Directory.Delete(target, recursive: true);

    [Fact]
    public void The_copy_differs_from_the_samples_in_the_Accounts_URL_and_nothing_else()
    {
        var samples = Path.Combine(RepositoryLayout.Find().Config, "samples");

        SampleManifests.Copy(samples, target, Backend);

        var changes = Directory.GetFiles(samples).SelectMany(file => File.ReadLines(file).Zip(File.ReadLines(Path.Combine(target, Path.GetFileName(file)))))
            .Where(lines => lines.First != lines.Second);
        Assert.Equal("  url: http://127.0.0.1:8080", Assert.Single(changes).Second);
        Assert.Equal(Directory.GetFiles(samples).Length, Directory.GetFiles(target).Length);
    }

    [Fact]
    public void Samples_without_an_Account_are_refused()
    {
        var empty = Directory.CreateDirectory(Path.Combine(target, "empty")).FullName;

        Assert.Throws<FormatException>(() => SampleManifests.Copy(empty, Path.Combine(target, "copy"), Backend));
    }
}
