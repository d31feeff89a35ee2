using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>Addresses any kind by its metadata alone.</summary>
public static class PartialObjects
{
    /// <summary>A kind of which only the metadata is read.</summary>
    /// <param name="group">API group; empty for the core group.</param>
    /// <param name="version">API version.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="plural">Plural resource name.</param>
    public static ResourceType<PartialObject> Type(string group, string version, string kind, string plural) => new(
        group, version, kind, plural, RuntimeJsonContext.Default.PartialObject, RuntimeJsonContext.Default.ResourceListPartialObject);
}
