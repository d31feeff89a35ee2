using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Runtime.Admission;

/// <summary>Holds the certificate in use and swaps it: connections made from then on get the new one.</summary>
internal sealed class CertificateHolder(ILogger logger)
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SslStreamCertificateContext? current;

    public SslStreamCertificateContext? Current => current;

    public Task WaitAsync(CancellationToken cancellationToken) => first.Task.WaitAsync(cancellationToken);

    /// <summary>Takes a certificate into use, unless it is the one in use. Handshakes may still use the old one: it is left to the collector.</summary>
    public void Use(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        if (current?.TargetCertificate.Thumbprint == certificate.Thumbprint)
        {
            return;
        }

        current = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        var expiry = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        RuntimeMetrics.CertificateExpiry.WithLabels("serving").Set(expiry.ToUnixTimeSeconds());
        Log.CertificateInUse(logger, certificate.SerialNumber, expiry);
        first.TrySetResult();
    }
}
