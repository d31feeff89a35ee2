using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// Keeps the CA bundle in webhook configurations current. Every replica does: it reads, and writes only what differs.
/// Without the permission it says so and goes on; the webhooks then work when someone else puts the bundle there.
/// </summary>
/// <param name="client">Reads and patches the configurations.</param>
/// <param name="certificate">Has the bundle.</param>
/// <param name="options">Which configurations.</param>
/// <param name="time">Clock of the interval.</param>
/// <param name="loggers">Makes the logger.</param>
public sealed class WebhookBundleInjector(
    IKubeClient client, SecretServingCertificate certificate, WebhookBundleOptions options, TimeProvider time, ILoggerFactory loggers)
    : IRunnable
{
    private readonly ILogger logger = loggers.CreateLogger<WebhookBundleInjector>();
    private readonly HashSet<string> missing = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "CA bundle injector";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = certificate.Changed;
            if (certificate.TrustedPem is { } bundle)
            {
                await InjectAllAsync(bundle, cancellationToken);
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(options.CheckInterval, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private async Task InjectAllAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        foreach (var name in options.Validating)
        {
            await TryInjectAsync(WebhookConfiguration.Validating, name, bundle, cancellationToken);
        }

        foreach (var name in options.Mutating)
        {
            await TryInjectAsync(WebhookConfiguration.Mutating, name, bundle, cancellationToken);
        }
    }

    private async Task TryInjectAsync(
        ResourceType<WebhookConfiguration> type, string name, ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        try
        {
            await InjectAsync(type, name, bundle, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
#pragma warning disable CA1031 // One configuration must not keep the others from being looked at.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.BundleFailed(logger, type.Kind, name, options.CheckInterval, e.Message);
        }
    }

    private async Task InjectAsync(
        ResourceType<WebhookConfiguration> type, string name, ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        var key = new ObjectKey("", name);
        if (await client.GetAsync(type, key, cancellationToken) is not { } configuration)
        {
            if (missing.Add($"{type.Kind}/{name}"))
            {
                Log.BundleTargetMissing(logger, type.Kind, name);
            }

            return;
        }

        missing.Remove($"{type.Kind}/{name}");
        if (PatchFor(configuration, bundle.Span) is { } patch)
        {
            await client.PatchAsync(type, key, new Patch(PatchKind.Json, patch), null, cancellationToken);
            Log.BundleInjected(logger, type.Kind, name);
        }
    }

    /// <summary>RFC 6902: each entry is tested by name, for the list may have changed since it was read. Null when nothing differs.</summary>
    private static ReadOnlyMemory<byte>? PatchFor(WebhookConfiguration configuration, ReadOnlySpan<byte> bundle)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        var differs = false;
        writer.WriteStartArray();
        for (var i = 0; i < (configuration.Webhooks?.Count ?? 0); i++)
        {
            var entry = configuration.Webhooks![i];
            if (entry.ClientConfig is null || bundle.SequenceEqual(entry.ClientConfig.CaBundle))
            {
                continue;
            }

            differs = true;
            WriteOperation(writer, "test", $"/webhooks/{i}/name");
            writer.WriteString("value"u8, entry.Name);
            writer.WriteEndObject();
            WriteOperation(writer, "add", $"/webhooks/{i}/clientConfig/caBundle");
            writer.WriteBase64String("value"u8, bundle);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return differs ? buffer.WrittenMemory : default(ReadOnlyMemory<byte>?);
    }

    private static void WriteOperation(Utf8JsonWriter writer, string op, string path)
    {
        writer.WriteStartObject();
        writer.WriteString("op"u8, op);
        writer.WriteString("path"u8, path);
    }
}
