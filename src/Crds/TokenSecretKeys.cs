using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>Names of the keys in the published Secret.</summary>
[CelRule(
    "(has(self.token) ? self.token : 'token') != (has(self.url) ? self.url : 'url')",
    "keys.token and keys.url must differ")]
[CelRule(
    "(has(self.token) ? self.token : 'token') != (has(self.tokenId) ? self.tokenId : 'tokenId')",
    "keys.token and keys.tokenId must differ")]
[CelRule(
    "(has(self.url) ? self.url : 'url') != (has(self.tokenId) ? self.tokenId : 'tokenId')",
    "keys.url and keys.tokenId must differ")]
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
