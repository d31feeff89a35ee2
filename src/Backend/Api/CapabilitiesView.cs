namespace ScimOperator.Backend.Api;

/// <summary>What this account can do. A caller plans by this instead of finding out.</summary>
internal sealed record CapabilitiesView
{
    /// <summary>Whether two live tokens can exist side by side, as a rotation without a gap needs.</summary>
    public required bool OverlappingTokens { get; init; }

    /// <summary>Most live tokens at a time; absent means no limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether tokens report when they were last used.</summary>
    public required bool LastUse { get; init; }

    /// <summary>Whether tokens can be given an expiry.</summary>
    public required bool Expiry { get; init; }
}
