using System.Net.Security;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// The webhook's certificate from a CA of its own, kept in a Secret that all replicas share.
/// <para>Flow: the first replica makes the Secret (the others' create is refused as AlreadyExists, and they read it); any
/// replica renews what is due, conditional on the version it read; every replica takes over what the Secret then holds.</para>
/// <para>Guarantee: a certificate is only shown while <see cref="TrustedPem"/> of the same Secret trusts it. A new CA is
/// trusted beside the old one, before the first certificate of it is shown.</para>
/// </summary>
public sealed class SecretServingCertificate : IServingCertificate
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly IKubeClient client;
    private readonly ServingCertificateOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CertificateHolder holder;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile byte[]? trusted;

    /// <summary>Makes it; nothing is read before it runs.</summary>
    /// <param name="client">Reads and writes the Secret: get, create, patch.</param>
    /// <param name="options">Where, for which names, how long.</param>
    /// <param name="time">Clock of the validity.</param>
    /// <param name="loggers">Makes the logger.</param>
    public SecretServingCertificate(IKubeClient client, ServingCertificateOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        this.client = client;
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<SecretServingCertificate>();
        holder = new CertificateHolder(logger);
    }

    /// <inheritdoc/>
    public string Name => "serving certificate";

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => holder.Current;

    /// <summary>The CA bundle that webhook configurations must hold, PEM; null until there is one.</summary>
    public ReadOnlyMemory<byte>? TrustedPem => trusted is { } pem ? new ReadOnlyMemory<byte>(pem) : default(ReadOnlyMemory<byte>?);

    /// <summary>Completes at the next change of <see cref="TrustedPem"/>.</summary>
    public Task Changed => Volatile.Read(ref changed).Task;

    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken cancellationToken) => holder.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var delay = await TryRefreshAsync(cancellationToken);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RefreshAsync(cancellationToken) ? options.CheckInterval : FirstRetryDelay;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
#pragma warning disable CA1031 // Whatever it is, the certificate in use goes on serving, and this is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var delay = holder.Current is null ? RetryDelay / 5 : RetryDelay;
            Log.CertificateFailed(logger, $"Secret {options.Secret}", delay, e.Message);
            return delay;
        }
    }

    /// <summary>Reads the Secret, renews what is due, takes over what holds. False when another replica wrote at the same time.</summary>
    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = await client.GetAsync(CertificateSecret.Resource, options.Secret, cancellationToken);
        try
        {
            if (secret is null)
            {
                var made = CertificateBundle.Create(options, now);
                Take(await CreateAsync(made, cancellationToken), "certificate authority and serving certificate");
            }
            else if (!CertificateBundle.TryRead(secret.Data, out var held))
            {
                Take(await PatchAsync(secret, CertificateBundle.Create(options, now), cancellationToken), "certificates, for it held none that can be read");
            }
            else if (held.Renewed(options, now, out var what) is { } renewed)
            {
                Take(await PatchAsync(secret, renewed, cancellationToken), what);
            }
            else
            {
                Take(held);
            }

            return true;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists)
        {
            return false;
        }
    }

    private void Take(CertificateSecret written, string what)
    {
        Log.CertificateWritten(logger, options.Secret, what);
        if (!CertificateBundle.TryRead(written.Data, out var bundle))
        {
            throw new InvalidDataException($"Secret {options.Secret} was written, but the answer holds no certificates");
        }

        Take(bundle);
    }

    private void Take(CertificateBundle bundle)
    {
        var pem = bundle.TrustedPem;
        if (trusted is null || !trusted.AsSpan().SequenceEqual(pem))
        {
            trusted = pem;
            var done = Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            done.TrySetResult();
        }

        holder.Use(bundle.Serving, bundle.Trusted);
    }

    private Task<CertificateSecret> CreateAsync(CertificateBundle bundle, CancellationToken cancellationToken)
    {
        var secret = new CertificateSecret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new ObjectMeta { Name = options.Secret.Name, Namespace = options.Secret.Namespace, Labels = options.Labels },
            Type = "Opaque",
            Data = bundle.Write(),
        };
        return client.CreateAsync(CertificateSecret.Resource, options.Secret.Namespace, Body(secret), cancellationToken);
    }

    private Task<CertificateSecret> PatchAsync(CertificateSecret read, CertificateBundle bundle, CancellationToken cancellationToken)
    {
        // The resourceVersion makes the patch conditional: two replicas must not each install a CA of their own.
        var patch = new CertificateSecret
        {
            Metadata = new ObjectMeta { Name = options.Secret.Name, ResourceVersion = read.Metadata.ResourceVersion },
            Data = bundle.Write(),
        };
        return client.PatchAsync(CertificateSecret.Resource, options.Secret, new Patch(PatchKind.Merge, Body(patch)), null, cancellationToken);
    }

    private static byte[] Body(CertificateSecret secret) =>
        JsonSerializer.SerializeToUtf8Bytes(secret, RuntimeJsonContext.Default.CertificateSecret);
}
