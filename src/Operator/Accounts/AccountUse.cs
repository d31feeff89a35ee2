using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;

namespace ScimOperator.Operator.Accounts;

/// <summary>Who refers to an Account, and which of its tokens nobody declares: answered from the caches.</summary>
internal sealed class AccountUse(Stores stores)
{
    internal IReadOnlyList<AccountUser> Users(Account account) =>
        stores.Users.Indexer.ByIndex(Indexes.Account, Indexes.ByName(account.Metadata.Namespace, account.Metadata.Name));

    internal IReadOnlyList<ScimToken> Tokens(Account account) =>
        stores.Tokens.Indexer.ByIndex(Indexes.Account, Indexes.ByName(account.Metadata.Namespace, account.Metadata.Name));

    internal GuardDecision DecideDelete(Account account) => AccountGuard.DecideDelete(
        $"Account {account.Key()}",
        [.. Users(account).Select(u => u.Metadata.Name)],
        [.. Tokens(account).Select(t => t.Metadata.Name)]);

    internal IReadOnlyList<BackendToken> Unmanaged(AccountInventory inventory) => [.. inventory.Tokens().Where(t => Manager(t) is null)];

    /// <summary>The ScimToken that manages a token: by reference, or by the ids in its status.</summary>
    internal ScimToken? Manager(BackendToken token)
    {
        if (TokenReference.TryParse(token.Reference, out var reference)
            && stores.Tokens.Indexer.ByIndex(Indexes.Uid, reference.Uid) is [var byUid, ..])
        {
            return byUid;
        }

        return stores.Tokens.Indexer.ByIndex(Indexes.TokenId, token.Id) is [var byId, ..] ? byId : null;
    }
}
