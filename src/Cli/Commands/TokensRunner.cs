using System.Collections.Concurrent;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Accounts;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Listing;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim tokens</c>.</summary>
internal sealed class TokensRunner(CliEnvironment environment)
{
    private const int AskedAtOnce = 8;

    internal Task<int> RunAsync(TokensRequest request, CancellationToken cancellationToken) => CommandRun.OnClusterAsync(
        environment, request.Cluster, cluster => ListAsync(request, cluster, cancellationToken), cancellationToken);

    private async Task<int> ListAsync(TokensRequest request, ClusterConnection cluster, CancellationToken cancellationToken)
    {
        var ns = request.AllNamespaces ? null : cluster.Namespace;
        var reader = new ClusterReader(cluster.Client, environment.Error);
        var accounts = (await reader.ListAsync(ResourceTypes.Accounts, ns, cancellationToken)).Where(a => request.Account is null || a.Metadata.Name == request.Account).ToList();
        var users = await reader.ListAsync(ResourceTypes.AccountUsers, ns, cancellationToken);
        var tokens = await reader.ListAsync(ResourceTypes.ScimTokens, ns, cancellationToken);
        if (request.Account is { } wanted && accounts.Count == 0)
        {
            throw new CliException($"There is no Account {(ns is null ? wanted : $"{ns}/{wanted}")}. kubectl get accounts{(ns is null ? " -A" : $" -n {ns}")} lists those that there are.");
        }

        var answers = await AskAsync(request, cluster, accounts, cancellationToken);
        var rows = new List<TokenRow>();
        foreach (var key in Keys(request, accounts, tokens))
        {
            var inventory = new TokenInventory(
                key.Namespace,
                key.Name,
                [.. users.Where(u => new ObjectKey(u.Metadata.Namespace ?? "", u.Spec.AccountRef.Name) == key)],
                [.. tokens.Where(t => new ObjectKey(t.Metadata.Namespace ?? "", t.Spec.AccountRef.Name) == key)]);
            var found = answers.TryGetValue(key, out var answer) && answer.Gap is null ? inventory.FromAccount(answer) : inventory.FromCluster();
            await NoteAsync(accounts.FirstOrDefault(a => a.Key() == key), answer, found);
            rows.AddRange(found);
        }

        if (rows.Count == 0)
        {
            await environment.Error.WriteLineAsync(ns is null ? "No tokens found." : $"No tokens found in {ns} namespace.");
        }

        await environment.Output.WriteAsync(Listing.TokenReport.Write(request.Format, rows, request.AllNamespaces, environment.Time.GetUtcNow()));
        await environment.Output.FlushAsync(cancellationToken);
        return ExitCodes.Allowed;
    }

    /// <summary>The Accounts, and those that ScimTokens name though they do not exist.</summary>
    private static IEnumerable<ObjectKey> Keys(TokensRequest request, List<Account> accounts, IReadOnlyList<ScimToken> tokens) => accounts
        .Select(a => a.Key())
        .Union(tokens.Select(t => new ObjectKey(t.Metadata.Namespace ?? "", t.Spec.AccountRef.Name)).Where(k => request.Account is null || k.Name == request.Account))
        .OrderBy(k => k.Namespace, StringComparer.Ordinal)
        .ThenBy(k => k.Name, StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<ObjectKey, AccountAnswer>> AskAsync(
        TokensRequest request, ClusterConnection cluster, List<Account> accounts, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<ObjectKey, AccountAnswer>();
        if (request.FromCluster)
        {
            return answers;
        }

        var source = new AccountSource(cluster.Client, environment.Time);
        await Parallel.ForEachAsync(
            accounts,
            new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken },
            async (account, token) => answers[account.Key()] = await source.AskAsync(account, token));
        return answers;
    }

    /// <summary>Says what the list can't show.</summary>
    private async Task NoteAsync(Account? account, AccountAnswer? answer, IReadOnlyList<TokenRow> found)
    {
        if (answer?.Gap is { } gap)
        {
            await environment.Error.WriteLineAsync($"Account {account!.Key()} was not asked itself, so this is what the operator last reported: {gap}.");
        }

        var shown = found.Count(r => r.State == TokenRow.Unmanaged);
        if (answer is not { Gap: null } && account?.Status?.UnmanagedTokens is { } all && all > shown)
        {
            await environment.Error.WriteLineAsync($"Account {account.Key()} has {all} tokens that no ScimToken declares, and {shown} of them can be shown: the others are held by users without an AccountUser, or by one with more than 50.");
        }
    }
}
