using System.Text;
using System.Text.Json;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Writes the Secret of a ScimToken. Creation is a POST, so that it can't touch a Secret of somebody else; a change is
/// conditional on the version read, so that a leader that has lost its lease can't put an old token back.
/// </summary>
internal sealed class SecretPublisher(IKubeClient client, IInformer<PublishedSecret> secrets, TimeProvider time)
{
    internal static ObjectKey KeyOf(ScimToken token) => Indexes.Sibling(token, token.Spec.Secret.Name);

    /// <summary>Whether a Secret is this ScimToken's: the controller reference carries its UID.</summary>
    internal static bool IsOwn(IKubernetesObject secret, ScimToken token) => secret.ControllerReference()?.Uid == token.Metadata.Uid;

    /// <summary>Reads the Secret live, and lets the cache know; null when there is none. Throws <see cref="SecretTakenException"/> when it is somebody else's.</summary>
    internal async Task<PublishedSecret?> ReadAsync(ScimToken token, CancellationToken cancellationToken)
    {
        var secret = await client.GetAsync(SecretTypes.Published, KeyOf(token), cancellationToken);
        if (secret is null)
        {
            return null;
        }

        return IsOwn(secret, token) ? secret : throw new SecretTakenException(KeyOf(token));
    }

    /// <summary>
    /// Publishes a token: creates the Secret, or changes the one that is ours and as it was read. Throws
    /// <see cref="KubeApiException"/> with a conflict when it is not as it was read: plan again.
    /// </summary>
    internal Task PublishAsync(ScimToken token, PublishedSecret? existing, string scimUrl, string tokenId, string value, CancellationToken cancellationToken) =>
        existing is null
            ? CreateAsync(token, scimUrl, tokenId, value, cancellationToken)
            : ReplaceContentAsync(token, scimUrl, tokenId, value, time.GetUtcNow(), existing, cancellationToken);

    /// <summary>Lays the Secret out anew with the value that is in it; false when the value is not there any more.</summary>
    internal async Task<bool> RelayoutAsync(ScimToken token, PublishedSecret existing, string scimUrl, string tokenId, CancellationToken cancellationToken)
    {
        var live = await client.GetAsync(SecretTypes.Opaque, KeyOf(token), cancellationToken);
        if (live is null || live.Metadata.ResourceVersion != existing.Metadata.ResourceVersion || ValueIn(live, existing.Annotation(ValueKeyAnnotation)) is not { } value)
        {
            return false;
        }

        await ReplaceContentAsync(token, scimUrl, tokenId, value, existing.PublishedAt ?? time.GetUtcNow(), existing, cancellationToken);
        return true;
    }

    /// <summary>
    /// Makes a new version of the Secret, so that any write based on the present one is refused. Throws
    /// <see cref="KubeApiException"/> with a conflict when it is not as it was read.
    /// </summary>
    internal async Task FenceAsync(ScimToken token, PublishedSecret existing, string reason, CancellationToken cancellationToken)
    {
        var patch = new SecretPatch
        {
            Metadata = new SecretPatch.Fields
            {
                ResourceVersion = existing.Metadata.ResourceVersion,
                // The cache, which is told of this write, may hold only what is labelled.
                Labels = new Dictionary<string, string?> { [WellKnown.ManagedByLabel] = WellKnown.ManagedByValue },
                Annotations = new Dictionary<string, string?> { [FenceAnnotation] = reason },
            },
            Data = new Dictionary<string, byte[]?>(),
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(patch, OperatorJsonContext.Default.SecretPatch);
        secrets.ObserveWrite(await client.PatchAsync(SecretTypes.Published, KeyOf(token), new Patch(PatchKind.Merge, body), null, cancellationToken));
    }

    private static string? ValueIn(OpaqueSecret secret, string? key) =>
        key is not null && secret.Data?.GetValueOrDefault(key) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private async Task CreateAsync(ScimToken token, string scimUrl, string tokenId, string value, CancellationToken cancellationToken)
    {
        var data = TokenSecretContent.Data(token, scimUrl, tokenId, value);
        var annotations = TokenSecretContent.Annotations(token, scimUrl, tokenId, time.GetUtcNow(), token.Annotation(WellKnown.RotateRequestedAt), data);
        annotations[ValueKeyAnnotation] = TokenSecretContent.TokenKey(token);
        var manifest = new OpaqueSecret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Type = "Opaque",
            Metadata = new ObjectMeta
            {
                Name = token.Spec.Secret.Name,
                Namespace = token.Metadata.Namespace,
                Labels = TokenSecretContent.Labels(token)!,
                Annotations = annotations!,
                OwnerReferences = [Owner(token)],
            },
            Data = data,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(manifest, OperatorJsonContext.Default.OpaqueSecret);
        secrets.ObserveWrite(await client.CreateAsync(SecretTypes.Published, token.Metadata.Namespace, body, cancellationToken));
    }

    /// <summary>Key of the annotation that names the unpublished token whose deletion last made a new version.</summary>
    private const string FenceAnnotation = GroupVersion.Group + "/discarded-token-id";

    /// <summary>Key of the annotation that says under which key the value is, for when the key is renamed.</summary>
    internal const string ValueKeyAnnotation = GroupVersion.Group + "/token-key";

    private async Task ReplaceContentAsync(
        ScimToken token, string scimUrl, string tokenId, string value, DateTimeOffset publishedAt, PublishedSecret existing, CancellationToken cancellationToken)
    {
        var data = TokenSecretContent.Data(token, scimUrl, tokenId, value);
        var labels = TokenSecretContent.Labels(token);
        var annotations = TokenSecretContent.Annotations(token, scimUrl, tokenId, publishedAt, token.Annotation(WellKnown.RotateRequestedAt), data);
        annotations[ValueKeyAnnotation] = TokenSecretContent.TokenKey(token);
        TokenSecretContent.RemoveStale(existing, labels, annotations);
        foreach (var stale in (existing.Fingerprint?.Keys ?? []).Where(k => !data.ContainsKey(k)))
        {
            data[stale] = null;
        }

        var patch = new SecretPatch
        {
            Metadata = new SecretPatch.Fields { ResourceVersion = existing.Metadata.ResourceVersion, Labels = labels, Annotations = annotations },
            Data = data,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(patch, OperatorJsonContext.Default.SecretPatch);
        secrets.ObserveWrite(await client.PatchAsync(SecretTypes.Published, KeyOf(token), new Patch(PatchKind.Merge, body), null, cancellationToken));
    }

    private static OwnerReference Owner(ScimToken token) => new()
    {
        ApiVersion = GroupVersion.ApiVersion,
        Kind = nameof(ScimToken),
        Name = token.Metadata.Name,
        Uid = token.Metadata.Uid!,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
