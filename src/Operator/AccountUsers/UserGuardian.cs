using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Asks the guard right before a step that ends an active admin, with what the account itself says at this moment.</summary>
internal sealed class UserGuardian(Stores stores, TimeProvider time)
{
    private readonly HeldTokens held = new(stores);

    /// <summary>Judges with the account's own live answer. A failure of the account is the caller's to report.</summary>
    internal async Task<GuardDecision> DecideAsync(
        AccountUser user, AccountSession session, BackendUser observed, UserState? after, CancellationToken cancellationToken)
    {
        var subject = $"AccountUser {user.Key()}";
        var live = await session.ReadUserAsync(observed, cancellationToken);
        var change = new UserChange(subject, user.Spec.Email, live?.State, after);
        if (!change.EndsActiveAdmin)
        {
            return GuardDecision.Allow;
        }

        var tokens = await session.ReadTokensOfAsync(live!.Id, cancellationToken);
        var facts = new AdminFacts(session.Inventory.OtherActiveAdmins(live.Id), session.Account?.CredentialAdminId == live.Id);
        return UserGuard.Decide(change, TokenKnowledge.Live(held.ForGuard(tokens, user, time.GetUtcNow())), facts);
    }

    /// <summary>The condition's reason for a decision.</summary>
    internal static string Reason(GuardDecision decision) => decision.Code switch
    {
        GuardCodes.AdminHoldsScimToken => Reasons.AdminHoldsScimToken,
        GuardCodes.LastAdmin => Reasons.LastAdmin,
        GuardCodes.CredentialAdmin => Reasons.CredentialAdmin,
        _ => Reasons.GuardUnknown,
    };
}
