using ScimOperator.Crds;
using ScimOperator.Drivers;

namespace ScimOperator.Cli.Accounts;

/// <summary>Finds the ScimToken that manages a token: by the reference that the token carries, or by the ids in status. Pure.</summary>
internal sealed class TokenManagers
{
    private readonly Dictionary<string, ScimToken> byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimToken> byId = new(StringComparer.Ordinal);

    /// <param name="tokens">The ScimTokens of one Account.</param>
    internal TokenManagers(IEnumerable<ScimToken> tokens)
    {
        foreach (var token in tokens)
        {
            byUid[token.Metadata.Uid ?? ""] = token;
            foreach (var status in token.Status?.Tokens ?? [])
            {
                byId[status.Id] = token;
            }
        }
    }

    /// <summary>The ScimToken; null when the token was made outside the cluster.</summary>
    internal ScimToken? Of(BackendToken token)
    {
        // A reference is the ScimToken's UID and an ordinal.
        var slash = token.Reference?.LastIndexOf('/') ?? -1;
        return slash > 0 && byUid.TryGetValue(token.Reference![..slash], out var manager) ? manager : byId.GetValueOrDefault(token.Id);
    }
}
