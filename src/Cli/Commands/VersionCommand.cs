using System.CommandLine;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim version</c>.</summary>
internal static class VersionCommand
{
    internal static Command Create(CliEnvironment environment)
    {
        var command = new Command("version", "Print the version, and the commit it was built from if known.");
        command.SetAction(_ =>
        {
            environment.Output.WriteLine(BuildVersion.Commit is { } commit ? $"kubectl-scim {BuildVersion.Number} (commit {commit})" : $"kubectl-scim {BuildVersion.Number}");
            return ExitCodes.Allowed;
        });
        return command;
    }
}
