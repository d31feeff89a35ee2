using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.E2E.Tests;

/// <summary>What the published binaries say to bad input on the command line.</summary>
public sealed class BinariesTests
{
    [Theory]
    [InlineData("--nonsense=1", "There is no option --nonsense")]
    [InlineData("--workers=none", "is not a number from 1 to 256")]
    [InlineData("--kubeconfig=/does/not/exist", "there is no file /does/not/exist")]
    public async Task The_operator_refuses_options_it_does_not_understand(string argument, string why)
    {
        var result = await RunAsync("scim-operator", argument);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(why, result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_explains_its_options()
    {
        var result = await RunAsync("scim-operator", "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--webhook-cert-secret", result.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_says_what_is_wrong_with_a_malformed_kubeconfig()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, "clusters: [ this is : not : a kubeconfig");
        try
        {
            var result = await RunAsync("scim-operator", $"--kubeconfig={file}");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(file, result.Stderr, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_backend_refuses_options_it_does_not_understand()
    {
        var result = await RunAsync("scim-backend", "--nonsense");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--nonsense", result.Stderr, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string binary, params string[] arguments) =>
        Command.RunAsync(RepositoryLayout.Find().Binary(binary), arguments);
}
