using System.Text.Json.Nodes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>What must be so once nothing disturbs any more: every ScimToken Ready with one live token, and no other token anywhere.</summary>
internal sealed class FinalState(Cluster cluster, BackendApi account, string ns)
{
    /// <summary>Null where all is as it must be; else the first thing that is not.</summary>
    /// <param name="declared">Name of every ScimToken with the user that owns it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<string?> WhyNotAsync(IReadOnlyDictionary<string, string> declared, CancellationToken cancellationToken = default)
    {
        var users = await account.ListUsersAsync(cancellationToken);
        var live = await account.ListTokensAsync(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, owner) in declared)
        {
            var token = await cluster.GetAsync(Cluster.Scim(ns, "scimtokens", name), cancellationToken);
            var published = PublishedToken.Of(await cluster.GetAsync(Cluster.Secret(ns, Manifests.SecretOf(name)), cancellationToken));
            var ownerId = users.First(u => u.Email == Manifests.Email(owner)).Id;
            if (WhyNotOne(name, token, published, live, ownerId) is { } why)
            {
                return why;
            }

            known.Add(published!.Id);
        }

        return live.Select(t => t.Id).Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } orphans
            ? $"orphan: nobody knows {string.Join(", ", live.Where(t => orphans.Contains(t.Id)).Select(t => $"{t.Id} ({t.Reference ?? "made by hand"})"))} at the account"
            : null;
    }

    private static string? WhyNotOne(string name, JsonNode? token, PublishedToken? published, IReadOnlyList<BackendToken> live, string ownerId)
    {
        if (ClusterReader.WhyNotReady(token) is { } notReady)
        {
            return $"{name}: {notReady}";
        }

        foreach (var condition in new[] { "CutoverPending", "Reconciling", "Stalled" })
        {
            if (ClusterReader.Condition(token, condition) is { } pending)
            {
                return $"{name}: {condition}: {pending["message"]}";
            }
        }

        var uid = token!["metadata"]!["uid"]!.GetValue<string>();
        var own = live.Where(t => t.Reference?.StartsWith(uid, StringComparison.Ordinal) == true).ToList();
        return own is [var only] && only.Id == published?.Id && only.OwnerId == ownerId
            ? null
            : $"{name}: its Secret has {published?.Id ?? "no token"}, the account has {string.Join(", ", own.Select(t => $"{t.Id} of {t.OwnerId}"))}; expected one, in the Secret, of {ownerId}";
    }
}
