namespace ScimOperator.Guard;

/// <summary>The decision about ScimTokens: the owner must be an active admin of the same account. Pure.</summary>
public static class TokenGuard
{
    /// <summary>Judges a ScimToken that is created, or whose owner changes.</summary>
    /// <param name="subject">The ScimToken as messages name it, for example <c>ScimToken acme/okta-prod</c>.</param>
    /// <param name="account">The Account that the token is for.</param>
    /// <param name="ownerName">The AccountUser named by spec.ownerRef.</param>
    /// <param name="owner">That AccountUser; null when there is none.</param>
    public static GuardDecision Decide(string subject, string account, string ownerName, TokenOwner? owner)
    {
        var why = owner switch
        {
            null => $"there is no AccountUser {ownerName} in this namespace. First create it as an active Admin",
            { Deleting: true } => $"AccountUser {ownerName} is being deleted. Name another active admin",
            { } o when o.Account != account =>
                $"AccountUser {ownerName} belongs to Account {o.Account}, the token is for Account {account}. Name an admin of Account {account}",
            { State.Active: false } => $"AccountUser {ownerName} is not active. Name another active admin, or activate this one first",
            { State.IsActiveAdmin: false } o => $"AccountUser {ownerName} is a {o.State.Type}, and only admins can hold a SCIM token. Name another active admin, or make this one an Admin first",
            _ => null,
        };
        return why is null
            ? GuardDecision.Allow
            : GuardDecision.Deny(GuardCodes.OwnerNotActiveAdmin, $"{subject} can't be issued to {ownerName}: {why}; then apply this again.");
    }
}
