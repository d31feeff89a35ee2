namespace ScimOperator.Guard;

/// <summary>The decision about emails: one AccountUser per person and account. Pure.</summary>
public static class EmailGuard
{
    /// <summary>Judges the creation of an AccountUser.</summary>
    /// <param name="subject">The AccountUser as messages name it.</param>
    /// <param name="email">The email it claims.</param>
    /// <param name="claimedBy">Name of another AccountUser of the same account with that email; null when there is none.</param>
    public static GuardDecision Decide(string subject, string email, string? claimedBy) => claimedBy is null
        ? GuardDecision.Allow
        : GuardDecision.Deny(
            GuardCodes.EmailClaimed,
            $"{subject} can't be created: AccountUser {claimedBy} already declares {email} on this account. Change that one instead, or delete it first.");
}
