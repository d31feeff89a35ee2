using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// The webhook's certificate from files, as cert-manager has the kubelet mount them; read again when they change. The files
/// are compared by content, at intervals: a mounted Secret changes by a symbolic link's new target, which file watchers miss.
/// </summary>
public sealed class FileServingCertificate : IServingCertificate
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CertificateHolder holder;
    private string loaded = "";

    /// <summary>Makes it; nothing is read before it runs.</summary>
    /// <param name="certificateFile">PEM: the certificate, then its chain (tls.crt).</param>
    /// <param name="keyFile">PEM: the key (tls.key).</param>
    /// <param name="time">Clock of the interval.</param>
    /// <param name="loggers">Makes the logger.</param>
    public FileServingCertificate(string certificateFile, string keyFile, TimeProvider time, ILoggerFactory loggers)
    {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.time = time;
        logger = loggers.CreateLogger<FileServingCertificate>();
        holder = new CertificateHolder(logger);
    }

    /// <inheritdoc/>
    public string Name => "serving certificate";

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => holder.Current;

    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken cancellationToken) => holder.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryLoadAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var certificate = await File.ReadAllTextAsync(certificateFile, cancellationToken);
            var key = await File.ReadAllTextAsync(keyFile, cancellationToken);
            if (certificate + key == loaded)
            {
                return;
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate);
            holder.Use(X509Certificate2.CreateFromPem(certificate, key), chain);
            loaded = certificate + key;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // Between two renames certificate and key may not match: the next look finds both.
            Log.CertificateFailed(logger, certificateFile, Interval, e.Message);
        }
    }
}
