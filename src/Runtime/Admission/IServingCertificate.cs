using System.Net.Security;

namespace ScimOperator.Runtime.Admission;

/// <summary>The certificate that the webhook server shows; it changes while the server runs.</summary>
public interface IServingCertificate : IRunnable
{
    /// <summary>The certificate in use, with its chain; null until the first is there.</summary>
    SslStreamCertificateContext? Current { get; }

    /// <summary>Completes when there is a certificate.</summary>
    Task WaitAsync(CancellationToken cancellationToken);
}
