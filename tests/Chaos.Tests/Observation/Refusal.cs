namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>An identity provider was not let in.</summary>
/// <param name="At">When.</param>
/// <param name="Secret">The Secret that it uses.</param>
/// <param name="TokenId">The token that it sent.</param>
/// <param name="Answer">What the account said.</param>
/// <param name="InSecret">What was in the Secret right after; null where that could not be read.</param>
/// <param name="Cause">What the account's audit log says of the token.</param>
internal sealed record Refusal(DateTimeOffset At, string Secret, string TokenId, string Answer, string? InSecret, string Cause)
{
    /// <summary>One line, for the report.</summary>
    public override string ToString() =>
        $"continuity: {At:HH:mm:ss.fff} the identity provider of Secret {Secret} was refused with {TokenId} ({Answer}); in the Secret was {InSecret ?? "nothing that could be read"}; {Cause}";
}
