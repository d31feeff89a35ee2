using ScimOperator.Crds;
using ScimOperator.Runtime.Caching;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>The caches of what the operator watches, with their indexes.</summary>
public sealed class Stores
{
    /// <summary>Adds the indexes; call before the informers run.</summary>
    public Stores(
        IInformer<Account> accounts,
        IInformer<AccountUser> users,
        IInformer<ScimToken> tokens,
        IInformer<PublishedSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(tokens);
        (Accounts, Users, Tokens, Secrets) = (accounts, users, tokens, secrets);
        users.AddIndex(Indexes.Account, u => [Indexes.ByName(u.Metadata.Namespace, u.Spec.AccountRef.Name)]);
        users.AddIndex(Indexes.Email, u => [Indexes.ByEmail(u.Metadata.Namespace, u.Spec.AccountRef.Name, u.Spec.Email)]);
        tokens.AddIndex(Indexes.Account, t => [Indexes.ByName(t.Metadata.Namespace, t.Spec.AccountRef.Name)]);
        tokens.AddIndex(Indexes.Owner, Indexes.Owners);
        tokens.AddIndex(Indexes.Uid, t => t.Metadata.Uid is { } uid ? [uid] : []);
        tokens.AddIndex(Indexes.TokenId, Indexes.TokenIds);
    }

    /// <summary>Whether all of them hold what the cluster has.</summary>
    public bool HaveSynced => Accounts.HasSynced && Users.HasSynced && Tokens.HasSynced && Secrets.HasSynced;

    /// <summary>Accounts.</summary>
    public IInformer<Account> Accounts { get; }

    /// <summary>AccountUsers.</summary>
    public IInformer<AccountUser> Users { get; }

    /// <summary>ScimTokens.</summary>
    public IInformer<ScimToken> Tokens { get; }

    /// <summary>Secrets that the operator published.</summary>
    public IInformer<PublishedSecret> Secrets { get; }
}
