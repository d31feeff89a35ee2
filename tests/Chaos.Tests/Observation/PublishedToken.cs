using System.Text;
using System.Text.Json.Nodes;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>What an identity provider takes out of a Secret.</summary>
/// <param name="Id">Which token it is.</param>
/// <param name="Url">The SCIM endpoint.</param>
/// <param name="Value">The token itself.</param>
internal sealed record PublishedToken(string Id, string Url, string Value)
{
    /// <summary>Null where the Secret lacks a key.</summary>
    internal static PublishedToken? Of(JsonNode? secret) =>
        Text(secret, "tokenId") is { } id && Text(secret, "url") is { } url && Text(secret, "token") is { } value ? new PublishedToken(id, url, value) : null;

    /// <summary>Without the value.</summary>
    public override string ToString() => Id;

    private static string? Text(JsonNode? secret, string key) =>
        secret?["data"]?[key]?.GetValue<string>() is { Length: > 0 } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : null;
}
