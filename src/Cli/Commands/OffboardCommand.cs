using System.CommandLine;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Offboarding;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim offboard</c>: takes an admin out of service without a gap in provisioning.</summary>
internal static class OffboardCommand
{
    private const string Details = """
        It keeps the order that keeps provisioning alive:
          1. every ScimToken that names USER as owner is given to ADMIN: a new token is generated and published;
          2. once the identity provider has been seen using it, the old token is deleted (this takes as long as it takes);
          3. only then is USER deactivated, or demoted with --demote.

        With --wait, all of it. Without, the part that can be done now: run it again to continue, as often as you like. Interrupted,
        it is continued the same way. With --plan nothing is changed: the manifests of both steps are printed, for a pull request.
        Needs get, list, watch and patch of accountusers and scimtokens, and list of accounts (ClusterRole scim-operator-offboarder).

        Examples:
          kubectl scim offboard alice --to bob -n acme --wait
          kubectl scim offboard alice --to bob -n acme --demote Member --wait --timeout 4h
          kubectl scim offboard alice --to bob -n acme --plan --step 1 > rehome.yaml

        Exit codes: 0 done (without --wait: as far as it goes now), 1 refused since it would break provisioning, 2 it can't be done,
        3 not over within --timeout, 130 Ctrl-C.
        """;

    internal static Command Create(CliEnvironment environment)
    {
        var user = new Argument<string>("USER") { Description = "The AccountUser to be offboarded." };
        var to = new Option<string>("--to") { Description = "The AccountUser who takes over: an active admin of the same account.", HelpName = "ADMIN", Required = true };
        var demote = new Option<string?>("--demote") { Description = "Give USER this type in the end, in place of deactivating.", HelpName = "TYPE" };
        demote.AcceptOnlyFromAmong(nameof(UserType.Member), nameof(UserType.Viewer), nameof(UserType.Guest));
        var deactivate = new Option<bool>("--deactivate") { Description = "Deactivate USER in the end: the default." };
        var plan = new Option<bool>("--plan") { Description = "Print the manifests of both steps, and change nothing." };
        var step = new Option<int?>("--step") { Description = "With --plan: print this step only, 1 or 2.", HelpName = "N" };
        var wait = new Option<bool>("--wait") { Description = "Wait for every cut-over, then deactivate or demote USER." };
        var timeout = ClusterOptions.Timeout();
        var format = new Option<string?>("--output", "-o") { Description = "Print the result as json, or the changed objects as name.", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong(ObjectFormat.Json, ObjectFormat.Name);
        var command = new ExplainedCommand("offboard", "Take an admin out of service: re-home the SCIM tokens, wait for their use, then deactivate or demote.", Details) { user, to, demote, deactivate, plan, step, wait, timeout, format };
        command.Validators.Add(result =>
        {
            var planned = result.GetValue(plan);
            var problem = (planned, result.GetValue(step)) switch
            {
                _ when result.GetValue(demote) is not null && result.GetValue(deactivate) => "--demote and --deactivate exclude each other.",
                _ when planned && result.GetValue(wait) => "--plan changes nothing, so there is nothing to wait for: leave out --plan or --wait.",
                _ when planned && result.GetValue(format) is not null => "--plan prints YAML: leave --output out.",
                (false, not null) => "--step goes with --plan.",
                (true, not (null or 1 or 2)) => "--step takes 1 (re-home) or 2 (deactivate or demote).",
                _ => null,
            };
            if (problem is not null)
            {
                result.AddError(problem);
            }
        });
        var cluster = new ClusterOptions(command);
        command.SetAction((arguments, cancellationToken) => new OffboardRunner(environment, new OffboardRequest(
            cluster.Read(arguments),
            arguments.GetValue(user)!,
            arguments.GetValue(to)!,
            new OffboardAim(arguments.GetValue(demote) is { } type ? Enum.Parse<UserType>(type) : null),
            arguments.GetValue(plan),
            arguments.GetValue(step),
            arguments.GetValue(wait),
            GoDuration.ParseOr(arguments.GetValue(timeout), TimeSpan.Zero),
            arguments.GetValue(format))).RunAsync(cancellationToken));
        return command;
    }
}
