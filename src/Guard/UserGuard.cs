namespace ScimOperator.Guard;

/// <summary>
/// The decision about users, made in this one place for every door (pull request, admission, reconciler): no admin who
/// holds a live SCIM token is deactivated, demoted or deleted. Pure.
/// </summary>
public static class UserGuard
{
    /// <summary>
    /// Judges a change. A change that makes nothing worse is always allowed. Known tokens are enough for a denial, but
    /// only complete knowledge is enough for an allowance.
    /// </summary>
    public static GuardDecision Decide(UserChange change, TokenKnowledge tokens, AdminFacts facts)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(tokens);
        if (!change.EndsActiveAdmin)
        {
            return GuardDecision.Allow;
        }

        if (tokens.Tokens.Count > 0)
        {
            return GuardDecision.Deny(GuardCodes.AdminHoldsScimToken, UserMessages.HoldsTokens(change, tokens.Tokens));
        }

        if (tokens.Gap is { } gap)
        {
            return GuardDecision.Unknown(UserMessages.NotKnown(change, gap));
        }

        if (facts.HoldsAccountCredential)
        {
            return GuardDecision.Deny(GuardCodes.CredentialAdmin, UserMessages.CredentialAdmin(change));
        }

        return facts.OtherActiveAdmins switch
        {
            null => GuardDecision.Unknown(UserMessages.NotKnown(change, "the account's other admins could not be read")),
            0 => GuardDecision.Deny(GuardCodes.LastAdmin, UserMessages.LastAdmin(change)),
            _ => GuardDecision.Allow,
        };
    }
}
