using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Accounts;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Offboarding;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim offboard</c>.</summary>
internal sealed class OffboardRunner(CliEnvironment environment, OffboardRequest request)
{
    internal Task<int> RunAsync(CancellationToken cancellationToken) => CommandRun.OnClusterAsync(
        environment, request.Cluster, cluster => RunAsync(cluster, cancellationToken), cancellationToken);

    private Task<int> RunAsync(ClusterConnection cluster, CancellationToken cancellationToken) => request.Plan
        ? PlanAsync(cluster, cancellationToken)
        : new OffboardExecution(cluster.Client, environment, request, cluster.Namespace, () => FactsAsync(cluster, cancellationToken)).RunAsync(cancellationToken);

    private async Task<int> PlanAsync(ClusterConnection cluster, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(cluster, cancellationToken);
        var plan = OffboardPlanner.Plan(facts, request.Aim);
        OffboardExecution.ThrowIfRefused(plan);
        foreach (var notice in plan.Notices)
        {
            await environment.Error.WriteLineAsync(notice);
        }

        var user = await RawAsync(cluster.Client, ResourceTypes.AccountUsers, facts.User!.Key(), cancellationToken);
        var tokens = new List<RawObject>();
        foreach (var token in plan.ToMove)
        {
            tokens.Add(await RawAsync(cluster.Client, ResourceTypes.ScimTokens, token.Key(), cancellationToken));
        }

        await environment.Output.WriteAsync(new OffboardManifests(facts, plan, request.Aim).Write(tokens, user, request.Step));
        await environment.Output.FlushAsync(cancellationToken);
        return ExitCodes.Allowed;
    }

    private static async Task<RawObject> RawAsync<T>(IKubeClient client, ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        await client.GetAsync(RawObjects.Of(type), key, cancellationToken) ?? throw new CliException($"{type.Kind} {key} was deleted meanwhile. Run this again.");

    private async Task<OffboardFacts> FactsAsync(ClusterConnection cluster, CancellationToken cancellationToken)
    {
        var reader = new ClusterReader(cluster.Client, environment.Error);
        var facts = new OffboardFacts(
            cluster.Namespace,
            request.User,
            request.To,
            await reader.ListAsync(ResourceTypes.Accounts, cluster.Namespace, cancellationToken),
            await reader.ListAsync(ResourceTypes.AccountUsers, cluster.Namespace, cancellationToken),
            await reader.ListAsync(ResourceTypes.ScimTokens, cluster.Namespace, cancellationToken),
            AccountAnswer.NotAsked("there is no such Account"));
        return facts.Account is { } account
            ? facts with { Live = await new AccountSource(cluster.Client, environment.Time).AskAsync(account, cancellationToken) }
            : facts;
    }
}
