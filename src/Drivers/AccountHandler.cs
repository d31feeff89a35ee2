using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ScimOperator.Drivers;

/// <summary>The HTTP handler of every call to an account.</summary>
public static class AccountHandler
{
    /// <summary>
    /// Makes one. Redirects are not followed, since the credential would go along; cookies are not kept. With
    /// <paramref name="roots"/>, these certificates are trusted in place of the system's.
    /// </summary>
    public static SocketsHttpHandler Create(X509Certificate2Collection? roots)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (roots is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }
}
