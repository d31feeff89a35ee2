using System.CommandLine;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Output;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim tokens</c>: all tokens of accounts, whether a ScimToken declares them or not.</summary>
internal static class TokensCommand
{
    private const string Details = """
        Shows who holds each token, how old it is, when it was last used and when it expires, and in which Secret it is published. The
        state of one that no ScimToken declares is Unmanaged; of one that a ScimToken only observes, Observed. Never shows a token's value.

        Where you may read the Secret with an Account's credential, the account itself is asked. Where you may not, you see what the
        operator last reported, and are told so on standard error: then tokens of users without an AccountUser are counted, not listed.
        Needs list of accounts, accountusers and scimtokens (the built-in ClusterRole view has it).

        Examples:
          kubectl scim tokens -n acme
          kubectl scim tokens -A -o wide
          kubectl scim tokens --account acme -n acme -o json | jq '.tokens[] | select(.state == "Unmanaged")'

        Exit codes: 0 listed, 2 it can't be done, 130 Ctrl-C.
        """;

    internal static Command Create(CliEnvironment environment)
    {
        var account = new Option<string?>("--account") { Description = "Only this Account.", HelpName = "NAME" };
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "List every namespace." };
        var fromCluster = new Option<bool>("--from-cluster") { Description = "Don't ask accounts themselves, and read no Secret." };
        var format = new Option<string>("--output", "-o") { Description = "Format of the list.", HelpName = "FORMAT", DefaultValueFactory = _ => ObjectFormat.Table };
        format.AcceptOnlyFromAmong(ObjectFormat.Table, ObjectFormat.Wide, ObjectFormat.Json, ObjectFormat.Yaml, ObjectFormat.Name);
        var command = new ExplainedCommand("tokens", "List the SCIM tokens of accounts, also those that no ScimToken declares.", Details) { account, all, fromCluster, format };
        var cluster = new ClusterOptions(command);
        command.SetAction((arguments, cancellationToken) => new TokensRunner(environment).RunAsync(
            new TokensRequest(
                cluster.Read(arguments),
                arguments.GetValue(account),
                arguments.GetValue(all),
                arguments.GetValue(fromCluster),
                arguments.GetValue(format)!),
            cancellationToken));
        return command;
    }
}
