namespace ScimOperator.Guard;

/// <summary>What is known about the tokens a user holds, and how well.</summary>
/// <param name="Tokens">The tokens known of.</param>
/// <param name="Gap">Why there may be more than that; null when the account itself was asked just now.</param>
public sealed record TokenKnowledge(IReadOnlyList<HeldToken> Tokens, string? Gap)
{
    /// <summary>The account itself was asked just now.</summary>
    public static TokenKnowledge Live(IReadOnlyList<HeldToken> tokens) => new(tokens, null);

    /// <summary>The account could not be asked.</summary>
    public static TokenKnowledge Partial(IReadOnlyList<HeldToken> tokens, string gap) => new(tokens, gap);
}
