using System.Net;
using System.Security.Cryptography.X509Certificates;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.ControlPlanes.Pki;

namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>An authority of the harness, and the certificate with which its proxies pass for the API server.</summary>
internal sealed class ProxyCertificate : IDisposable
{
    private readonly string authority;

    internal ProxyCertificate(TimeProvider time)
    {
        using var ca = new CertificateAuthority(time);
        var pair = ca.IssueServer("scim-operator-chaos-proxy", ["localhost"], [IPAddress.Loopback]);
        authority = ca.Pem;
        Certificate = X509Certificate2.CreateFromPem(pair.CertificatePem, pair.KeyPem);
    }

    internal X509Certificate2 Certificate { get; }

    /// <summary>Sends whoever uses a kubeconfig through a proxy.</summary>
    internal void Redirect(string from, string to, Uri proxy)
    {
        var own = KubeconfigReader.Read(File.ReadAllText(from), Path.GetDirectoryName(from)!);
        KubeconfigWriter.Write(to, own with { Server = proxy, CaPem = authority }, "operator");
    }

    public void Dispose() => Certificate.Dispose();
}
