using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>The indexes of the caches: names, and how their values are spelled.</summary>
internal static class Indexes
{
    /// <summary>AccountUsers and ScimTokens by the Account they refer to.</summary>
    internal const string Account = "account";

    /// <summary>AccountUsers by account and email.</summary>
    internal const string Email = "email";

    /// <summary>ScimTokens by the AccountUser that spec.ownerRef or a token in status names.</summary>
    internal const string Owner = "owner";

    /// <summary>ScimTokens by metadata.uid.</summary>
    internal const string Uid = "uid";

    /// <summary>ScimTokens by the ids of the tokens in status.</summary>
    internal const string TokenId = "tokenId";

    internal static string ByName(string? ns, string name) => $"{ns}/{name}";

    internal static string ByEmail(string? ns, string account, string email) => $"{ns}/{account}/{email.ToLowerInvariant()}";

    internal static IEnumerable<string> Owners(ScimToken token)
    {
        yield return ByName(token.Metadata.Namespace, token.Spec.OwnerRef.Name);
        foreach (var held in token.Status?.Tokens ?? [])
        {
            if (held.Owner is { } owner && owner != token.Spec.OwnerRef.Name)
            {
                yield return ByName(token.Metadata.Namespace, owner);
            }
        }
    }

    internal static IEnumerable<string> TokenIds(ScimToken token) => (token.Status?.Tokens ?? []).Select(t => t.Id);

    internal static ObjectKey Sibling(IKubernetesObject obj, string name) => new(obj.Metadata.Namespace ?? "", name);
}
