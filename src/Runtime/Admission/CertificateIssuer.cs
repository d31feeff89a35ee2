using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScimOperator.Runtime.Admission;

/// <summary>Makes the CA and the serving certificates: ECDSA P-256, as every API server accepts.</summary>
internal static class CertificateIssuer
{
    // Clocks of API servers differ from ours by a little; a certificate from the future is refused.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static X509Certificate2 CreateCa(DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // The name is unique, so that chains of two CAs are told apart by name while both are trusted.
        var name = $"CN=webhook-ca-{now.ToUnixTimeSeconds()}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now - Skew, now + lifetime);
    }

    public static X509Certificate2 CreateServing(X509Certificate2 ca, ServingCertificateOptions options, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={CommonName(options)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(AlternativeNames(options));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        var end = now + options.ServingLifetime;
        var caEnd = new DateTimeOffset(ca.NotAfter.ToUniversalTime());
        using var certificate = request.Create(ca, now - Skew, end < caEnd ? end : caEnd, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Whether two thirds of a certificate's life are over.</summary>
    public static bool IsDue(X509Certificate2 certificate, DateTimeOffset now)
    {
        var from = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        var life = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()) - from;
        return now >= from + (life * 2 / 3);
    }

    // A common name has at most 64 characters; what is checked are the alternative names.
    private static string CommonName(ServingCertificateOptions options) =>
        options.DnsNames.FirstOrDefault(n => n.Length <= 64) ?? "webhook";

    private static X509Extension AlternativeNames(ServingCertificateOptions options)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var dns in options.DnsNames)
        {
            names.AddDnsName(dns);
        }

        foreach (var address in options.IpAddresses)
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
