using ScimOperator.Drivers;

namespace ScimOperator.Cli.Snapshots;

/// <summary>Reads an account's users and tokens through a driver. Reads only.</summary>
internal sealed class AccountReader(IAccountDriver driver, Uri url, TimeProvider time)
{
    /// <summary>Takes a snapshot; throws <see cref="ApiException"/>.</summary>
    internal async Task<AccountSnapshot> ReadAsync(string? ns, string account, CancellationToken cancellationToken)
    {
        try
        {
            var takenAt = time.GetUtcNow();
            var self = await driver.GetAccountAsync(cancellationToken);
            // Users first: a token that appears meanwhile then belongs to somebody the snapshot shows, or is seen by the next one.
            var users = await driver.ListUsersAsync(cancellationToken);
            var tokens = await driver.ListTokensAsync(null, cancellationToken);
            return new AccountSnapshot
            {
                Version = AccountSnapshot.CurrentVersion,
                Namespace = ns,
                Account = account,
                Url = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'),
                TakenAt = takenAt,
                CredentialAdminId = self.CredentialAdminId,
                Users = [.. users.Select(SnapshotUser.From).OrderBy(u => u.Email, StringComparer.OrdinalIgnoreCase)],
                Tokens = [.. tokens.Select(SnapshotToken.From).OrderBy(t => t.Id, StringComparer.Ordinal)],
            };
        }
        catch (BackendException e)
        {
            throw new ApiException($"{e.Message}.{Advice(e.Error)}", e);
        }
    }

    private static string Advice(BackendError error) => error switch
    {
        BackendError.Unauthorized => " Check --credential-file.",
        BackendError.Tls => " Check --url and --ca-file.",
        BackendError.InvalidAnswer => " Check --url.",
        _ => "",
    };
}
