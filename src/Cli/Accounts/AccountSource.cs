using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Drivers.AccountApi;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Accounts;

/// <summary>Asks accounts themselves, with the credential that the Account names, where the user may read it. Reads only.</summary>
internal sealed class AccountSource(IKubeClient client, TimeProvider time)
{
    /// <summary>An account that the operator reaches need not be reachable from here: nobody should wait long to learn that.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Asks. What stands in the way is told in <see cref="AccountAnswer.Gap"/>, not thrown.</summary>
    internal async Task<AccountAnswer> AskAsync(Account account, CancellationToken cancellationToken)
    {
        if ((account.Spec.Driver ?? AccountDriver.AccountApi) != AccountDriver.AccountApi)
        {
            return AccountAnswer.NotAsked($"driver {account.Spec.Driver} has no API for tokens");
        }

        try
        {
            return await AskAsync(account, await CredentialAsync(account, cancellationToken), cancellationToken);
        }
        catch (KubeApiException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return AccountAnswer.NotAsked($"you may not read its credential (verb \"get\" on Secret {account.Metadata.Namespace}/{account.Spec.CredentialsSecretRef.Name})");
        }
        catch (Exception e) when (e is KubeApiException or HttpRequestException or TimeoutException or InvalidDataException or ApiException or BackendException or FormatException or CryptographicException)
        {
            return AccountAnswer.NotAsked(e.Message.TrimEnd('.'));
        }
    }

    private async Task<AccountAnswer> AskAsync(Account account, string credential, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(account.Spec.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new ApiException($"spec.url of Account {account.Key()} is not an http or https URL");
        }

        using var http = new HttpClient(new PatientHandler(AccountHandler.Create(Roots(account)), time)) { Timeout = Timeout.InfiniteTimeSpan };
        var driver = new AccountApiDriver(new DriverConnection(http, url, credential, new AccountGate(time, new Random()), time, CallTimeout));
        var self = await driver.GetAccountAsync(cancellationToken);
        // Users first: a token that appears meanwhile then belongs to somebody who is known.
        var users = await driver.ListUsersAsync(cancellationToken);
        var now = time.GetUtcNow();
        var tokens = await driver.ListTokensAsync(null, cancellationToken);
        return new AccountAnswer(self, users, [.. tokens.Where(t => t.IsLive(now))], null);
    }

    private async Task<string> CredentialAsync(Account account, CancellationToken cancellationToken)
    {
        var reference = account.Spec.CredentialsSecretRef;
        var key = new ObjectKey(account.Metadata.Namespace ?? "", reference.Name);
        var secret = await client.GetAsync(CredentialSecret.Type, key, cancellationToken) ?? throw new ApiException($"there is no Secret {key}");
        var credential = secret.Data?.GetValueOrDefault(reference.Key) is { } bytes ? Encoding.UTF8.GetString(bytes).Trim() : "";
        return credential.Length > 0 && credential.All(c => c is > ' ' and < '\x7f')
            ? credential
            : throw new ApiException($"Secret {key} holds no bearer credential under the key {reference.Key}");
    }

    private static X509Certificate2Collection? Roots(Account account)
    {
        if (account.Spec.CaBundle is not { } bundle)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(bundle)));
        return roots;
    }
}
