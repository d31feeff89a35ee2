using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Manifests;

/// <summary>An object as a manifest declares it, and where.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Object">The object.</param>
/// <param name="Document">The document it was read from.</param>
internal sealed record Manifest<T>(string Kind, ManifestKey Key, T Object, Node Document)
    where T : class, IKubernetesObject
{
    /// <summary>As messages name it, for example <c>AccountUser acme/alice</c>.</summary>
    internal string Subject => $"{Kind} {Key}";

    /// <summary>Where a field stands, or the nearest one above it that is there.</summary>
    internal Position At(params ReadOnlySpan<string> path)
    {
        var node = Document;
        var at = Document.At;
        foreach (var key in path)
        {
            if (node?.Entry(key) is not { } entry)
            {
                break;
            }

            (node, at) = (entry.Value, entry.KeyAt);
        }

        return at;
    }
}
