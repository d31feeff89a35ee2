using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>What the account can do; what it cannot do limits what the operator can guarantee.</summary>
public sealed record AccountCapabilities
{
    /// <summary>overlappingTokens: several tokens may be live at once, so that a rotation need not interrupt provisioning.</summary>
    public bool? OverlappingTokens { get; init; }

    /// <summary>maxTokens: most live tokens on the account; absent when there is no limit.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>lastUse: the account reports when a token was last used; without it a cut-over cannot be verified.</summary>
    public bool? LastUse { get; init; }

    /// <summary>expiry: tokens can be given an expiry.</summary>
    public bool? Expiry { get; init; }

    /// <summary>tokens: SCIM tokens can be listed, generated and deleted. Where they can't, a ScimToken can only observe a Secret, and tokens that no ScimToken names are not known to the guard.</summary>
    public bool? Tokens { get; init; }

    /// <summary>scim: what the service provider supports; with driver Scim only.</summary>
    public ScimCapabilities? Scim { get; init; }
}
