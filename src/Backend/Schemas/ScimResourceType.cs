using ScimOperator.Backend.Filtering;

namespace ScimOperator.Backend.Schemas;

/// <summary>A kind of resource (RFC 7643, section 6): where it is served and which schemas make it up.</summary>
internal sealed class ScimResourceType(string name, string endpoint, string description, ScimSchema core, params ScimSchema[] extensions)
{
    public string Name => name;

    /// <summary>Path below the base of the service, e.g. <c>/Users</c>.</summary>
    public string Endpoint => endpoint;

    public string Description => description;

    public ScimSchema Core => core;

    public IReadOnlyList<ScimSchema> Extensions => extensions;

    /// <summary>The common and the core attributes, in the order in which they are written.</summary>
    public IReadOnlyList<ScimAttribute> Attributes { get; } = [.. CommonAttributes.All, .. core.Attributes];

    /// <summary>Finds what a path names, ignoring case; null when no schema of this type has it.</summary>
    public ResolvedPath? Resolve(AttributePath path)
    {
        if (path.Schema is { } urn && extensions.FirstOrDefault(e => e.Is(urn)) is { } extension)
        {
            return path.Name is null ? new ResolvedPath(extension.Id, null, null) : Resolve(extension.Id, extension.Find(path.Name), path.Sub);
        }

        if (path.Name is not { } wanted || (path.Schema is { } other && !core.Is(other)))
        {
            return null;
        }

        return Resolve(null, Attributes.FirstOrDefault(a => a.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)), path.Sub);
    }

    private static ResolvedPath? Resolve(string? extension, ScimAttribute? attribute, string? sub)
    {
        if (attribute is null || sub is null)
        {
            return attribute is null ? null : new ResolvedPath(extension, attribute, null);
        }

        return attribute.FindSub(sub) is { } found ? new ResolvedPath(extension, attribute, found) : null;
    }
}
