namespace ScimOperator.IdpStandIn;

/// <summary>What a connector takes out of the Secret.</summary>
/// <param name="Url">The SCIM base URL, without a slash at the end.</param>
/// <param name="TokenId">Which token it is; empty where the Secret does not say.</param>
/// <param name="Token">The token itself; never printed.</param>
internal sealed record ConnectorSecret(Uri Url, string TokenId, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"token {TokenId} for {Url}";
}
