using System.Globalization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>
/// Compares resourceVersions. Every API server backed by etcd gives unsigned integers that grow with every write to the
/// kind (made part of the API by KEP-5504); a version that is none compares to nothing.
/// </summary>
internal static class ResourceVersions
{
    /// <summary>The version as a number; 0 when it is none.</summary>
    public static ulong Parse(string? version) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>The object's version as a number; 0 when it has none.</summary>
    public static ulong Of(IKubernetesObject? obj) => Parse(obj?.Metadata.ResourceVersion);
}
