using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScimOperator.ControlPlanes.Pki;

/// <summary>A certificate authority for one control plane, made anew for each and kept only in its work directory.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private readonly X509Certificate2 certificate;
    private readonly DateTimeOffset notBefore;

    internal CertificateAuthority(TimeProvider time)
    {
        notBefore = time.GetUtcNow() - Backdated;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=scim-operator-test-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        certificate = request.CreateSelfSigned(notBefore, notBefore + Lifetime);
        Pem = certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>The authority's own certificate.</summary>
    internal string Pem { get; }

    /// <summary>A certificate for a server that is reached under these names and addresses.</summary>
    internal KeyPairPem IssueServer(string commonName, IEnumerable<string> names, IEnumerable<IPAddress> addresses)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        return Issue($"CN={commonName}", "1.3.6.1.5.5.7.3.1", alternatives.Build());
    }

    /// <summary>A certificate for a client: Kubernetes reads the user from CN and the groups from O.</summary>
    internal KeyPairPem IssueClient(string user, string? group = null) =>
        Issue(group is null ? $"CN={user}" : $"O={group}, CN={user}", "1.3.6.1.5.5.7.3.2", null);

    /// <inheritdoc/>
    public void Dispose() => certificate.Dispose();

    private KeyPairPem Issue(string subject, string usage, X509Extension? alternatives)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        // The first bit would make the number negative, which RFC 5280 4.1.2.2 forbids.
        serial[0] &= 0x7f;
        using var issued = request.Create(certificate, notBefore, certificate.NotAfter, serial);
        return new KeyPairPem(issued.ExportCertificatePem() + "\n", key.ExportECPrivateKeyPem() + "\n");
    }
}
