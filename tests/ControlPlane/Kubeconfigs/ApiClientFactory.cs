using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ScimOperator.ControlPlanes.Kubeconfigs;

/// <summary>Makes HTTP clients that are authenticated as a kubeconfig's user and trust its cluster's authority only.</summary>
public static class ApiClientFactory
{
    /// <summary>A client whose base address is the API server; the caller disposes of it.</summary>
    public static HttpClient Create(Kubeconfig kubeconfig)
    {
        ArgumentNullException.ThrowIfNull(kubeconfig);
        var handler = new SocketsHttpHandler { SslOptions = Tls(kubeconfig), ConnectTimeout = TimeSpan.FromSeconds(5) };
        var client = new HttpClient(handler) { BaseAddress = kubeconfig.Server };
        if (kubeconfig.Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    private static SslClientAuthenticationOptions Tls(Kubeconfig kubeconfig)
    {
        var options = new SslClientAuthenticationOptions();
        if (kubeconfig.CaPem is { } ca)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(ca);
        }

        if (kubeconfig is { ClientCertificatePem: { } certificate, ClientKeyPem: { } key })
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(pair, additionalCertificates: null, offline: true);
        }

        return options;
    }
}
