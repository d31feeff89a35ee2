using System.CommandLine;
using System.CommandLine.Help;
using ScimOperator.Cli.Commands;

namespace ScimOperator.Cli;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command and gives the exit code.</summary>
    internal static async Task<int> RunAsync(string[] arguments, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("kubectl scim: SCIM tokens and users of accounts, declared in manifests.")
        {
            CheckCommand.Create(environment),
            SnapshotCommand.Create(environment),
            ImportCommand.Create(environment),
            RotateCommand.Create(environment),
            OffboardCommand.Create(environment),
            TokensCommand.Create(environment),
            VersionCommand.Create(environment),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await environment.Error.WriteLineAsync($"kubectl scim: {error.Message}");
            }

            await environment.Error.WriteLineAsync("Run it with --help to see what it takes.");
            return ExitCodes.Unknown;
        }

        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = environment.Output, Error = environment.Error }, cancellationToken);
        if (parsed is { Action: HelpAction, CommandResult.Command: ExplainedCommand command })
        {
            await environment.Output.WriteLineAsync(command.Details);
        }

        return exitCode;
    }
}
