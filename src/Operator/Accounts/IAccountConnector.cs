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
}
