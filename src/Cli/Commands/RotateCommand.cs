using System.CommandLine;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim rotate</c>: replaces a token now, without a gap.</summary>
internal static class RotateCommand
{
    private const string Details = """
        A new token is generated, published and seen in use before the old one is deleted. Without --wait the rotation is asked for, and the operator carries it out. With --wait it is followed to its end, with what it
        waits for on standard error. The wait has no limit unless --timeout gives one: an overlap alone takes 1h by default.
        Needs get and patch of scimtokens, and get of accounts and accountusers; with --wait also list and watch of scimtokens.

        Examples:
          kubectl scim rotate okta-prod -n acme
          kubectl scim rotate okta-prod -n acme --wait --timeout 2h
          kubectl scim rotate okta-prod -o yaml

        Exit codes: 0 done, 1 refused since it would break provisioning, 2 it can't be done, 3 not over within --timeout, 130 Ctrl-C.
        """;

    internal static Command Create(CliEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The ScimToken." };
        var wait = new Option<bool>("--wait") { Description = "Wait until the new token is in use and the old one gone." };
        var timeout = ClusterOptions.Timeout();
        var format = new Option<string?>("--output", "-o") { Description = "Print the ScimToken as json, yaml or name.", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong(ObjectFormat.Json, ObjectFormat.Yaml, ObjectFormat.Name);
        var command = new ExplainedCommand("rotate", "Replace a token now, without a gap: the old one goes when the new one is in use.", Details) { name, wait, timeout, format };
        var cluster = new ClusterOptions(command);
        command.SetAction((arguments, cancellationToken) => new RotateRunner(environment).RunAsync(
            new RotateRequest(
                cluster.Read(arguments),
                arguments.GetValue(name)!,
                arguments.GetValue(wait),
                GoDuration.ParseOr(arguments.GetValue(timeout), TimeSpan.Zero),
                arguments.GetValue(format)),
            cancellationToken));
        return command;
    }
}
