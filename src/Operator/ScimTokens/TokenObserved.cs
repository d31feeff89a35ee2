namespace ScimOperator.Operator.ScimTokens;

/// <summary>What exists for a ScimToken.</summary>
/// <param name="Secret">The published Secret; null when there is none.</param>
/// <param name="Tokens">Live tokens at the account that are this ScimToken's.</param>
/// <param name="PublishedBefore">Ids that status names: tokens that were in the Secret at some time.</param>
/// <param name="HighestOrdinal">The highest ordinal that status names; 0 when it names none.</param>
/// <param name="HandledRotateRequest">The rotate request that status says was handled.</param>
public sealed record TokenObserved(
    SecretFacts? Secret,
    IReadOnlyList<OwnToken> Tokens,
    IReadOnlySet<string> PublishedBefore,
    int HighestOrdinal,
    string? HandledRotateRequest);
