using System.CommandLine;
using ScimOperator.Cli.Checks;
using ScimOperator.Cli.Input;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim check</c>: judges a change set offline.</summary>
internal static class CheckCommand
{
    internal static Command Create(CliEnvironment environment)
    {
        var before = new Option<string>("--base") { Description = "What is there now: a folder, a file, a git revision, or - for standard input.", HelpName = "DIR|REV|-", Required = true };
        var after = new Option<string>("--head") { Description = "What would be there: a folder, a file, a git revision, or - for standard input (kustomize build).", HelpName = "DIR|REV|-", Required = true };
        var path = new Option<string?>("--path") { Description = "Look only below this folder: of the repository, or of the folders given.", HelpName = "FOLDER" };
        var ns = new Option<string>("--namespace", "-n") { Description = "Namespace of objects that name none.", HelpName = "NAME", DefaultValueFactory = _ => "default" };
        var snapshots = new Option<string[]>("--snapshot") { Description = "A file from `kubectl scim snapshot`; repeat it for several accounts.", HelpName = "FILE", DefaultValueFactory = _ => [] };
        var require = new Option<bool>("--require-snapshot") { Description = "Changes that need the account's own word are unknown (exit code 2) without a snapshot." };
        var age = new Option<string>("--max-snapshot-age") { Description = "How old a snapshot may be, as a duration such as 90m.", HelpName = "DURATION", DefaultValueFactory = _ => "24h" };
        var waves = new Option<bool>("--trust-sync-waves") { Description = "A token that moves in an earlier Argo CD sync wave than its holder's demotion counts as moved." };
        var format = new Option<string>("--output", "-o") { Description = "Format of the result.", DefaultValueFactory = _ => OutputFormat.Text };
        format.AcceptOnlyFromAmong(OutputFormat.All);
        age.Validators.Add(result =>
        {
            if (!GoDuration.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--max-snapshot-age takes a duration such as 90m or 24h.");
            }
        });
        var command = new Command("check", "Check a change set before it is merged: would it break SCIM provisioning? Exit codes: 0 allowed, 1 denied, 2 unknown or bad input.")
        {
            before, after, path, ns, snapshots, require, age, waves, format,
        };
        command.SetAction((arguments, cancellationToken) => new CheckRunner(environment, new InputLimits()).RunAsync(
            new CheckRequest(
                arguments.GetValue(before)!,
                arguments.GetValue(after)!,
                arguments.GetValue(path),
                arguments.GetValue(ns)!,
                arguments.GetValue(snapshots) ?? [],
                arguments.GetValue(format)!,
                new CheckOptions
                {
                    RequireSnapshot = arguments.GetValue(require),
                    MaxSnapshotAge = GoDuration.ParseOr(arguments.GetValue(age), TimeSpan.FromHours(24)),
                    TrustSyncWaves = arguments.GetValue(waves),
                }),
            cancellationToken));
        return command;
    }
}
