using System.CommandLine;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim snapshot</c>: writes down what an account has, without secrets, for <c>check --snapshot</c>.</summary>
internal static class SnapshotCommand
{
    internal static Command Create(CliEnvironment environment)
    {
        var url = new Option<string>("--url") { Description = "Base URL of the account: spec.url of the Account.", HelpName = "URL", Required = true };
        var credential = new Option<string>("--credential-file") { Description = "File with the bearer credential of the account's admin API.", HelpName = "FILE", Required = true };
        var account = new Option<string>("--account") { Description = "Name of the Account that the snapshot is for.", HelpName = "[NAMESPACE/]NAME", Required = true };
        var ca = new Option<string?>("--ca-file") { Description = "PEM certificates that sign the account's certificate, in place of the system's.", HelpName = "FILE" };
        var output = new Option<string?>("--output", "-o") { Description = "File to write. Default: standard output.", HelpName = "FILE" };
        var command = new Command("snapshot", "Write a snapshot of an account's users and tokens, without secrets, for `check --snapshot`.") { url, credential, account, ca, output };
        command.SetAction((arguments, cancellationToken) => new SnapshotRunner(environment).RunAsync(
            new SnapshotRequest(
                arguments.GetValue(url)!,
                arguments.GetValue(credential)!,
                arguments.GetValue(account)!,
                arguments.GetValue(ca),
                arguments.GetValue(output)),
            cancellationToken));
        return command;
    }
}
