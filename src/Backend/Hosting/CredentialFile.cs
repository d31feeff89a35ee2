using System.Security.Cryptography;
using System.Text;

namespace ScimOperator.Backend.Hosting;

/// <summary>The file that holds the admin API's bearer credential.</summary>
internal static class CredentialFile
{
    private const int MinimumLength = 16;

    /// <summary>SHA-256 of the credential in the file; a missing file is made first, with a random credential.</summary>
    /// <exception cref="OptionsException">The file can't be read or written, or its content is no credential.</exception>
    public static byte[] HashOf(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            return Hash(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"The credential file {path} can't be used: {e.Message}");
        }
    }

    private static void Create(string path)
    {
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, Encoding.ASCII, settings);
        writer.Write("scimadm_" + RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 43) + "\n");
    }

    private static byte[] Hash(string content, string path)
    {
        var credential = content.Trim();
        if (credential.Length < MinimumLength || credential.Any(c => c <= ' ' || c > '~'))
        {
            throw new OptionsException(
                $"The credential file {path} must hold one line of at least {MinimumLength} printable ASCII characters without spaces; remove the file to have one made.");
        }

        return SHA256.HashData(Encoding.ASCII.GetBytes(credential));
    }
}
