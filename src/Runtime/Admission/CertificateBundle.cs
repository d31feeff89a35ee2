using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// What the Secret holds: the CA that signs (first of the bundle) with its key, earlier CAs that are still trusted, and the
/// serving certificate with its key.
/// </summary>
internal sealed record CertificateBundle(X509Certificate2 Ca, X509Certificate2Collection Trusted, X509Certificate2 Serving)
{
    private const string CaCertificate = "ca.crt";
    private const string CaKey = "ca.key";
    private const string ServingCertificate = "tls.crt";
    private const string ServingKey = "tls.key";

    /// <summary>The CA bundle for webhook configurations, PEM.</summary>
    public byte[] TrustedPem => Encoding.ASCII.GetBytes(string.Concat(Trusted.Select(c => c.ExportCertificatePem() + "\n")));

    /// <summary>A new CA and a serving certificate of it.</summary>
    public static CertificateBundle Create(ServingCertificateOptions options, DateTimeOffset now)
    {
        var ca = CertificateIssuer.CreateCa(now, options.CaLifetime);
        return new CertificateBundle(ca, [ca], CertificateIssuer.CreateServing(ca, options, now));
    }

    /// <summary>Reads a Secret's data; false when something is missing or can't be read.</summary>
    public static bool TryRead(IReadOnlyDictionary<string, byte[]>? data, [NotNullWhen(true)] out CertificateBundle? bundle)
    {
        bundle = null;
        if (data is null || !data.ContainsKey(CaCertificate) || !data.ContainsKey(CaKey) || !data.ContainsKey(ServingCertificate) || !data.ContainsKey(ServingKey))
        {
            return false;
        }

        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(Text(data, CaCertificate));
            var ca = X509Certificate2.CreateFromPem(Text(data, CaCertificate), Text(data, CaKey));
            var serving = X509Certificate2.CreateFromPem(Text(data, ServingCertificate), Text(data, ServingKey));
            bundle = new CertificateBundle(ca, trusted, serving);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The Secret's data.</summary>
    public Dictionary<string, byte[]> Write() => new()
    {
        [CaCertificate] = TrustedPem,
        [CaKey] = KeyPem(Ca),
        [ServingCertificate] = Encoding.ASCII.GetBytes(Serving.ExportCertificatePem() + "\n"),
        [ServingKey] = KeyPem(Serving),
    };

    /// <summary>
    /// What is due by now; null when nothing is. CA and serving certificate never change in one step: a serving certificate of
    /// a new CA is only shown once every webhook configuration has had time to trust that CA.
    /// </summary>
    public CertificateBundle? Renewed(ServingCertificateOptions options, DateTimeOffset now, out string what)
    {
        if (Ended(Ca, now))
        {
            what = "certificate authority and serving certificate (the authority before had expired)";
            return Create(options, now);
        }

        if (CertificateIssuer.IsDue(Ca, now))
        {
            what = "certificate authority (the one before stays trusted)";
            var ca = CertificateIssuer.CreateCa(now, options.CaLifetime);
            return this with { Ca = ca, Trusted = [ca, .. StillTrusted(now)] };
        }

        if (CertificateIssuer.IsDue(Serving, now) || !Covers(options))
        {
            what = "serving certificate";
            return this with { Serving = CertificateIssuer.CreateServing(Ca, options, now) };
        }

        what = "";
        return null;
    }

    private X509Certificate2Collection StillTrusted(DateTimeOffset now) => [.. Trusted.Where(c => !Ended(c, now)).Take(2)];

    private bool Covers(ServingCertificateOptions options) =>
        options.DnsNames.All(n => Serving.MatchesHostname(n, allowWildcards: false))
        && options.IpAddresses.All(a => Serving.MatchesHostname(a.ToString()));

    private static bool Ended(X509Certificate2 certificate, DateTimeOffset now) => now >= certificate.NotAfter.ToUniversalTime();

    private static string Text(IReadOnlyDictionary<string, byte[]> data, string name) => Encoding.ASCII.GetString(data[name]);

    private static byte[] KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new CryptographicException("the certificate has no ECDSA key");
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
