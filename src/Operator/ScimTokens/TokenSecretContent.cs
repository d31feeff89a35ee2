using System.Security.Cryptography;
using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Kubernetes;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>How the Secret of a ScimToken looks. Pure.</summary>
internal static class TokenSecretContent
{
    private const string KeysAnnotation = GroupVersion.Group + "/managed-metadata";
    private const string LayoutAnnotation = GroupVersion.Group + "/layout-checksum";

    /// <summary>Checksum of everything but the token: a change asks for a new layout.</summary>
    internal static string LayoutChecksum(ScimToken token, string scimUrl)
    {
        var secret = token.Spec.Secret;
        var text = new StringBuilder().Append(scimUrl).Append('\n').Append(secret.Keys).Append('\n');
        Append("label", secret.Labels);
        Append("annotation", secret.Annotations);
        Append("template", secret.Template);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];

        void Append(string kind, IReadOnlyDictionary<string, string>? entries)
        {
            foreach (var (key, value) in (entries ?? new Dictionary<string, string>()).OrderBy(e => e.Key, StringComparer.Ordinal))
            {
                text.Append(kind).Append('\0').Append(key).Append('\0').Append(value).Append('\n');
            }
        }
    }

    /// <summary>The layout a Secret was published with.</summary>
    internal static string? LayoutOf(IKubernetesObject secret) => secret.Annotation(LayoutAnnotation);

    /// <summary>The keys and values.</summary>
    internal static Dictionary<string, byte[]?> Data(ScimToken token, string scimUrl, string tokenId, string value)
    {
        var keys = token.Spec.Secret.Keys;
        var data = new Dictionary<string, byte[]?>(StringComparer.Ordinal)
        {
            [keys?.Url ?? "url"] = Encoding.UTF8.GetBytes(scimUrl),
            [keys?.TokenId ?? "tokenId"] = Encoding.UTF8.GetBytes(tokenId),
            [TokenKey(token)] = Encoding.UTF8.GetBytes(value),
        };
        foreach (var (key, template) in token.Spec.Secret.Template ?? new Dictionary<string, string>())
        {
            data.TryAdd(key, Encoding.UTF8.GetBytes(Fill(template, scimUrl, tokenId, value)));
        }

        return data;
    }

    /// <summary>The key of the token's value.</summary>
    internal static string TokenKey(ScimToken token) => token.Spec.Secret.Keys?.Token ?? "token";

    /// <summary>Labels, ours last: a user's label can't hide the Secret from the operator.</summary>
    internal static Dictionary<string, string?> Labels(ScimToken token)
    {
        var labels = Copy(token.Spec.Secret.Labels);
        labels[WellKnown.ManagedByLabel] = WellKnown.ManagedByValue;
        return labels;
    }

    /// <summary>Annotations, ours last.</summary>
    internal static Dictionary<string, string?> Annotations(
        ScimToken token, string scimUrl, string tokenId, DateTimeOffset publishedAt, string? rotateRequest, IReadOnlyDictionary<string, byte[]?> data)
    {
        var annotations = Copy(token.Spec.Secret.Annotations);
        annotations[WellKnown.TokenId] = tokenId;
        annotations[WellKnown.PublishedAt] = publishedAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        annotations[WellKnown.ContentChecksum] = SecretFingerprint.Of(data.Where(d => d.Value is not null)!).Checksum;
        annotations[LayoutAnnotation] = LayoutChecksum(token, scimUrl);
        if (rotateRequest is not null)
        {
            annotations[WellKnown.RotateRequestedAt] = rotateRequest;
        }

        var extra = (token.Spec.Secret.Labels?.Keys ?? []).Select(k => $"label:{k}")
            .Concat((token.Spec.Secret.Annotations?.Keys ?? []).Select(k => $"annotation:{k}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (extra.Count > 0)
        {
            annotations[KeysAnnotation] = string.Join(',', extra);
        }

        return annotations;
    }

    /// <summary>Marks for removal what an earlier layout added and this one does not.</summary>
    internal static void RemoveStale(IKubernetesObject live, Dictionary<string, string?> labels, Dictionary<string, string?> annotations)
    {
        foreach (var entry in live.Annotation(KeysAnnotation)?.Split(',') ?? [])
        {
            var (target, key) = entry.Split(':', 2) switch
            {
                ["label", var k] => (labels, k),
                ["annotation", var k] => (annotations, k),
                _ => (null, ""),
            };
            target?.TryAdd(key, null);
        }

        if (live.Annotation(KeysAnnotation) is not null)
        {
            annotations.TryAdd(KeysAnnotation, null);
        }
    }

    private static Dictionary<string, string?> Copy(IReadOnlyDictionary<string, string>? source) =>
        (source ?? new Dictionary<string, string>()).ToDictionary(e => e.Key, e => (string?)e.Value, StringComparer.Ordinal);

    private static string Fill(string template, string url, string tokenId, string value) => template
        .Replace("$(url)", url, StringComparison.Ordinal)
        .Replace("$(tokenId)", tokenId, StringComparison.Ordinal)
        .Replace("$(token)", value, StringComparison.Ordinal);
}
