namespace ScimOperator.Operator.ScimTokens;

/// <summary>What has to be done for one ScimToken, and what it looks like meanwhile.</summary>
/// <param name="Actions">The steps, in order; empty when all is as declared or has to wait.</param>
/// <param name="Current">The token in the Secret, when it is live and the Secret is intact.</param>
/// <param name="Previous">Tokens that were published before and still live.</param>
/// <param name="Wait">What the previous ones wait for.</param>
/// <param name="Wanted">A new token is wanted for this reason, and can't be issued now.</param>
/// <param name="RenewalTime">When the current token will be replaced.</param>
/// <param name="NextCheck">When to look again.</param>
public sealed record TokenPlan(
    IReadOnlyList<TokenAction> Actions,
    OwnToken? Current,
    IReadOnlyList<OwnToken> Previous,
    CutoverWait Wait,
    IssueCause? Wanted,
    DateTimeOffset? RenewalTime,
    DateTimeOffset? NextCheck)
{
    /// <summary>Stable text for logs and golden tests.</summary>
    public override string ToString()
    {
        var steps = Actions.Count == 0 ? "nothing" : string.Join("; ", Actions);
        return Wait == CutoverWait.None ? steps : $"{steps} (cut-over waits for {Wait.ToString().ToLowerInvariant()})";
    }
}
