using ScimOperator.Cli.Cluster;

namespace ScimOperator.Cli.Tests.Cluster;

/// <summary>Kubeconfig files are read as kubectl reads them.</summary>
public sealed class KubeconfigTests
{
    [Theory]
    [InlineData(null, "https://one.example.com/", "team-a")]
    [InlineData("two", "https://two.example.com/", "team-b")]
    public void Of_several_files_the_first_that_names_something_wins(string? context, string server, string ns)
    {
        using var folder = new TemporaryFolder();
        folder.Write("first", File("one", "https://one.example.com", "team-a", "one"));
        folder.Write("second", File("two", "https://two.example.com", "team-b", "two"));
        folder.Write("third", File("one", "https://shadowed.example.com", "team-c", "one"));

        var config = Kubeconfig.Read([.. new[] { "first", "second", "third" }.Select(name => new FileInfo(Path.Combine(folder.Path, name)))], context);

        Assert.Equal((server, ns), (new Uri(config.Host).AbsoluteUri, config.Namespace));
    }

    [Theory]
    [InlineData("one", "team-a", null, "team-a")]
    [InlineData("one", "team-a", "team-z", "team-z")]
    [InlineData("one", "", null, "default")]
    public void The_namespace_is_the_one_asked_for_or_that_of_the_context(string context, string ns, string? asked, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config", File(context, "https://one.example.com", ns, context));

        using var connection = ClusterConnection.Open(new ClusterRequest(Path.Combine(folder.Path, "config"), null, asked), TimeProvider.System);

        Assert.Equal(expected, connection.Namespace);
    }

    [Theory]
    [InlineData("clusters: [ this is : not : a kubeconfig", null)]
    [InlineData("", "no-such-context")]
    public void What_is_wrong_with_the_file_is_said_with_its_name(string? text, string? context)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config", text is { Length: > 0 } ? text : File("one", "https://one.example.com", "team-a", "one"));
        var path = Path.Combine(folder.Path, "config");

        var refused = Assert.Throws<CliException>(() => ClusterConnection.Open(new ClusterRequest(path, context, null), TimeProvider.System));

        Assert.StartsWith($"No connection to a cluster can be made from {path}: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Unknown, refused.ExitCode);
    }

    private static string File(string name, string server, string ns, string current) =>
        $$"""
        apiVersion: v1
        kind: Config
        current-context: {{current}}
        clusters:
        - name: {{name}}
          cluster: {server: "{{server}}"}
        users:
        - name: {{name}}
          user: {token: not-a-real-one}
        contexts:
        - name: {{name}}
          context: {cluster: {{name}}, user: {{name}}, namespace: "{{ns}}"}
        """;
}
