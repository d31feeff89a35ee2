using System.Net;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Listing;
using ScimOperator.Cli.Tests.Cluster;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Tests;

/// <summary>The command line of the commands that talk to a cluster, and what they say when that fails.</summary>
public sealed class ClusterCommandTests
{
    [Theory]
    [InlineData("Option '--to' is required", "offboard", "alice")]
    [InlineData("--demote and --deactivate exclude each other", "offboard", "alice", "--to", "bob", "--demote", "Member", "--deactivate")]
    [InlineData("--plan changes nothing, so there is nothing to wait for", "offboard", "alice", "--to", "bob", "--plan", "--wait")]
    [InlineData("--step goes with --plan", "offboard", "alice", "--to", "bob", "--step", "1")]
    [InlineData("--step takes 1 (re-home) or 2", "offboard", "alice", "--to", "bob", "--plan", "--step", "3")]
    [InlineData("'Admin'", "offboard", "alice", "--to", "bob", "--demote", "Admin")]
    [InlineData("--timeout takes a duration such as 90m", "rotate", "okta", "--timeout", "soon")]
    [InlineData("'xml'", "tokens", "-o", "xml")]
    [InlineData("there is no file /does/not/exist", "tokens", "--kubeconfig", "/does/not/exist")]
    public async Task What_can_not_be_meant_is_refused_with_what_can(string words, params string[] arguments)
    {
        var run = await CliRun.InAsync(".", "", arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("offboard")]
    [InlineData("tokens")]
    public async Task The_help_has_examples_and_the_exit_codes(string command)
    {
        var help = (await CliRun.InAsync(".", "", command, "--help")).Output;
        Assert.Contains("Examples:", help, StringComparison.Ordinal);
        Assert.Contains($"kubectl scim {command} ", help, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0", help, StringComparison.Ordinal);
        Assert.Contains("--kubeconfig", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_commands_has_one_line_for_each()
    {
        var help = (await CliRun.InAsync(".", "", "--help")).Output;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].TrimEnd().Split('\n')[1..];
        Assert.Equal(["check", "snapshot", "import", "rotate", "offboard", "tokens", "version"], commands.Select(line => line.Trim().Split(' ')[0]));
    }

    [Fact]
    public async Task A_namespace_without_tokens_is_said_on_standard_error()
    {
        var run = await CliRun.OnAsync(new MemoryCluster("[]"), "tokens");
        Assert.Equal(new CliRun(0, "", "No tokens found in acme namespace.\n"), run);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "could not patch scimtokens a/b: 403 Forbidden: admission webhook \"x.scim-operator.io\" denied the request: AccountUser a/b can't be.", 1, "AccountUser a/b can't be.")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "could not patch x: 422 Invalid: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: holds a token", 1, "holds a token")]
    [InlineData(HttpStatusCode.Forbidden, "could not patch x: 403 Forbidden: no (RBAC needed: verb \"patch\")", 2, "Could not patch x: 403 Forbidden: no (RBAC needed: verb \"patch\").")]
    [InlineData(HttpStatusCode.NotFound, "could not list x: 404 NotFound: the server could not find the requested resource", 2, "Could not list x: 404 NotFound: the server could not find the requested resource. Are the CRDs of the operator installed in this cluster, and does the namespace exist?")]
    public void A_denial_is_told_from_a_missing_right(HttpStatusCode status, string message, int exitCode, string words)
    {
        var told = ApiRefusal.Explain(new KubeApiException(status, "", message));
        Assert.Equal((exitCode, words), (told.ExitCode, told.Message));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(121, "2m1s")]
    [InlineData(600, "10m")]
    [InlineData(10_800, "3h")]
    [InlineData(12_000, "3h20m")]
    [InlineData(100_000, "27h")]
    [InlineData(200_000, "2d7h")]
    [InlineData(86_400 * 100, "100d")]
    [InlineData(86_400 * 365 * 3, "3y")]
    public void Ages_are_shown_as_kubectl_shows_them(int seconds, string shown) => Assert.Equal(shown, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));
}
