using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Drivers;

namespace ScimOperator.Cli.Commands;

/// <summary>Options and files of the commands that talk to an account itself.</summary>
internal sealed class AccountFiles(CliEnvironment environment)
{
    private const int LargestCredential = 16 * 1024;

    /// <summary>The account's base URL.</summary>
    internal static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw new ApiException("--url takes the account's base URL, such as https://acme.example.com, without a user or password in it.");

    /// <summary>Namespace, if given, and name of the Account.</summary>
    internal static (string? Namespace, string Name) Account(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } name] => (null, name),
        [{ Length: > 0 } space, { Length: > 0 } name] => (space, name),
        _ => throw new ApiException("--account takes the name of the Account, or namespace/name."),
    };

    /// <summary>A client that trusts the certificates in a file, the system's where there is none, and waits as long as a busy account asks.</summary>
    internal HttpClient Client(string? caFile) =>
        new(new PatientHandler(AccountHandler.Create(Roots(caFile)), environment.Time)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The connection that the options describe.</summary>
    internal async Task<DriverConnection> ConnectAsync(HttpClient http, Uri url, string credentialFile, CancellationToken cancellationToken) =>
        new(http, url, await CredentialAsync(credentialFile, cancellationToken), new AccountGate(environment.Time, new Random()), environment.Time, PatientHandler.LongestCall);

    /// <summary>The bearer credential in a file.</summary>
    private async Task<string> CredentialAsync(string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(environment.WorkingDirectory, file);
        try
        {
            if (new FileInfo(path).Length > LargestCredential)
            {
                throw new ApiException($"--credential-file {file} is larger than any credential.");
            }

            var credential = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            return credential.Length > 0 && credential.All(c => c is > ' ' and < '\u007F')
                ? credential
                : throw new ApiException($"--credential-file {file} must hold one bearer credential: printable ASCII without spaces.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"--credential-file {file} can't be read: {e.Message}", e);
        }
    }

    /// <summary>The certificates in a file; null for the system's.</summary>
    private X509Certificate2Collection? Roots(string? caFile)
    {
        if (caFile is null)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(Path.Combine(environment.WorkingDirectory, caFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ApiException($"--ca-file {caFile} can't be read: {e.Message}", e);
        }

        return roots.Count > 0 ? roots : throw new ApiException($"--ca-file {caFile} holds no PEM certificate.");
    }

    /// <summary>Whole or not at all, and for the user's eyes only: it holds the users' emails.</summary>
    internal async Task WriteAsync(string? output, string text, CancellationToken cancellationToken)
    {
        if (output is null or "-")
        {
            await environment.Output.WriteAsync(text);
            await environment.Output.FlushAsync(cancellationToken);
            return;
        }

        var path = Path.Combine(environment.WorkingDirectory, output);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var stream = new FileStream(temporary, options))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new ApiException($"{output} can't be written: {e.Message}", e);
        }
    }
}
