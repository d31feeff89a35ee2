using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>Names of the keys in the published Secret.</summary>
public sealed record TokenSecretKeys
{
    /// <summary>token: key that holds the bearer token. Default: token.</summary>
    [Length(1, 253), Pattern(Patterns.SecretKey)]
    public string? Token { get; init; }

    /// <summary>url: key that holds the SCIM endpoint. Default: url.</summary>
    [Length(1, 253), Pattern(Patterns.SecretKey)]
    public string? Url { get; init; }

    /// <summary>tokenId: key that holds the token's id at the account. Default: tokenId.</summary>
    [Length(1, 253), Pattern(Patterns.SecretKey)]
    public string? TokenId { get; init; }
}
