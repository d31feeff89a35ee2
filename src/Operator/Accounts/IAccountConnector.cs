using ScimOperator.Crds;

namespace ScimOperator.Operator.Accounts;

/// <summary>Makes connections to accounts.</summary>
public interface IAccountConnector
{
    /// <summary>
    /// Reads the credential and gives a connection; the one given before while nothing changed. Throws
    /// <see cref="ConnectionException"/> when the Account can't be connected to as it is.
    /// </summary>
    Task<AccountConnection> ConnectAsync(Account account, CancellationToken cancellationToken);

    /// <summary>
    /// The connection given last, when this same Account has not changed since; for looking only, where the credential's
    /// Secret is gone: a namespace that is being deleted loses its Secrets first, and its admins' tokens must be known still.
    /// </summary>
    AccountConnection? LastKnown(Account account);
}
