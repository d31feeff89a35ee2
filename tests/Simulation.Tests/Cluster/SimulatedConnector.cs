using System.Text;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>Connects to the simulated accounts, with the credential read anew each time as the real connector does.</summary>
internal sealed class SimulatedConnector(IKubeClient client, Func<Account, IAccountDriver> connect) : IAccountConnector
{
    private readonly Dictionary<string, AccountConnection> connections = new(StringComparer.Ordinal);

    public async Task<AccountConnection> ConnectAsync(Account account, CancellationToken cancellationToken)
    {
        var reference = account.Spec.CredentialsSecretRef;
        var secret = await client.GetAsync(SecretTypes.Opaque, Indexes.Sibling(account, reference.Name), cancellationToken);
        if (secret?.Data?.GetValueOrDefault(reference.Key) is not { } credential)
        {
            throw new ConnectionException(new Problem(Reasons.CredentialsNotFound, $"Account {account.Metadata.Name} has no credential."));
        }

        var fingerprint = $"{account.Spec.Url} {Encoding.UTF8.GetString(credential)}";
        if (!connections.TryGetValue(fingerprint, out var known))
        {
            connections[fingerprint] = known = new AccountConnection(fingerprint, connect(account));
        }

        return known;
    }
    /// <summary>The simulation never takes a credential away, so there is nothing to fall back on.</summary>
    public AccountConnection? LastKnown(Account account) => null;
}
