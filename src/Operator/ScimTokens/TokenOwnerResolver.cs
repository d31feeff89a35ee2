using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>Finds out whether a token can be issued to the AccountUser that spec.ownerRef names.</summary>
internal sealed class TokenOwnerResolver(Stores stores)
{
    /// <summary>The owner's id at the account, or why there is none.</summary>
    internal (string? Id, Problem? Problem) Resolve(ScimToken token, AccountSession session)
    {
        var ownerName = token.Spec.OwnerRef.Name;
        var owner = stores.Users.Indexer.Get(Indexes.Sibling(token, ownerName));
        var decision = TokenGuard.Decide($"ScimToken {token.Key()}", token.Spec.AccountRef.Name, ownerName, Describe(owner));
        if (!decision.IsAllowed)
        {
            return (null, new Problem(owner is null ? Reasons.OwnerNotFound : Reasons.OwnerNotActiveAdmin, decision.Message));
        }

        var user = session.Inventory.UserByEmail(owner!.Spec.Email);
        if (user is null)
        {
            return (null, new Problem(Reasons.OwnerNotReady, $"AccountUser {owner.Key()} ({owner.Spec.Email}) does not exist at the account yet; its own conditions say why."));
        }

        return user.State.IsActiveAdmin
            ? (user.Id, null)
            : (null, new Problem(
                Reasons.OwnerNotActiveAdmin,
                $"AccountUser {owner.Key()} ({owner.Spec.Email}) is {(user.State.Active ? "an active" : "an inactive")} {user.State.Type} at the account, and a token works only while its owner is an active admin. Its own conditions say why it is not as declared."));
    }

    /// <summary>What the guard needs to know of an AccountUser.</summary>
    internal static TokenOwner? Describe(AccountUser? owner) =>
        owner is null ? null : new TokenOwner(owner.Spec.AccountRef.Name, UserState.Declared(owner.Spec), owner.IsDeleting());
}
