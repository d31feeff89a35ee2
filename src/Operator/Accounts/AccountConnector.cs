using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Drivers.AccountApi;
using ScimOperator.Drivers.Scim;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Accounts;

/// <summary>Makes a driver from an Account and the Secret with its credential.</summary>
public sealed class AccountConnector(IKubeClient client, TimeProvider time, TimeSpan callTimeout) : IAccountConnector
{
    private readonly ConcurrentDictionary<ObjectKey, Known> connections = new();

    /// <inheritdoc/>
    public async Task<AccountConnection> ConnectAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var credential = await ReadCredentialAsync(account, cancellationToken);
        var fingerprint = Fingerprint(account.Spec, credential);
        var key = account.Key();
        if (connections.TryGetValue(key, out var known) && known.Connection.Fingerprint == fingerprint && known.Uid == account.Metadata.Uid)
        {
            return known.Connection;
        }

        var made = new AccountConnection(fingerprint, Make(account, credential));
        connections[key] = new Known(made, account.Metadata.Uid, credential);
        return made;
    }

    /// <inheritdoc/>
    public AccountConnection? LastKnown(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return connections.TryGetValue(account.Key(), out var known) && known.Uid == account.Metadata.Uid && known.Connection.Fingerprint == Fingerprint(account.Spec, known.Credential)
            ? known.Connection
            : null;
    }

    private static string Fingerprint(AccountSpec spec, string credential)
    {
        var text = $"{spec.Driver}\n{spec.Url}\n{spec.CaBundle}\n{spec.RateLimit}\n{spec.Scim}\n{credential}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private async Task<string> ReadCredentialAsync(Account account, CancellationToken cancellationToken)
    {
        var reference = account.Spec.CredentialsSecretRef;
        var key = Indexes.Sibling(account, reference.Name);
        var secret = await client.GetAsync(SecretTypes.Opaque, key, cancellationToken)
            ?? throw NoCredential($"Secret {key} does not exist. Create it with the account's bearer credential under the key {reference.Key}");
        if (secret.Data?.GetValueOrDefault(reference.Key) is not { } bytes)
        {
            throw NoCredential($"Secret {key} has no key {reference.Key}. Put the account's bearer credential there, or correct spec.credentialsSecretRef.key");
        }

        var credential = Encoding.UTF8.GetString(bytes).Trim();
        return credential.Length > 0 && credential.All(c => c is > ' ' and < '\x7f')
            ? credential
            : throw NoCredential($"Secret {key}, key {reference.Key}, holds no bearer credential: it must be one line of visible ASCII characters");

        ConnectionException NoCredential(string what) => new(new Problem(Reasons.CredentialsNotFound, $"Account {account.Key()} has no credential: {what}."));
    }

    private IAccountDriver Make(Account account, string credential)
    {
        if (!Uri.TryCreate(account.Spec.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw Invalid(account, $"spec.url \"{account.Spec.Url}\" is not an http or https URL");
        }

        var roots = account.Spec.CaBundle is { } bundle ? Roots(account, bundle) : null;
        var limit = account.Spec.RateLimit;
        var gate = new AccountGate(time, new Random(), limit?.RequestsPerSecond, limit?.Burst ?? limit?.RequestsPerSecond ?? 1);
        var http = new HttpClient(AccountHandler.Create(roots)) { Timeout = Timeout.InfiniteTimeSpan };
        var connection = new DriverConnection(http, url, credential, gate, time, callTimeout);
        return account.Spec.Driver == AccountDriver.Scim ? new ScimDriver(connection, Types(account)) : new AccountApiDriver(connection);
    }

    private static UserTypeMapping Types(Account account)
    {
        try
        {
            return new UserTypeMapping(account.Spec.Scim?.UserType);
        }
        catch (ArgumentException e)
        {
            throw Invalid(account, e.Message);
        }
    }

    private static X509Certificate2Collection Roots(Account account, string bundle)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(bundle)));
            return roots.Count > 0 ? roots : throw Invalid(account, "spec.caBundle holds no PEM certificate");
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw Invalid(account, $"spec.caBundle can't be read: {e.Message}");
        }
    }

    private static ConnectionException Invalid(Account account, string what) =>
        new(new Problem(Reasons.InvalidSpec, $"Account {account.Key()}: {what}. Correct the Account.", Terminal: true));

    private sealed record Known(AccountConnection Connection, string? Uid, string Credential)
    {
        public override string ToString() => nameof(Known);
    }
}
