using System.Text.Json.Nodes;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// What a caller wants to see of resources: <c>attributes</c> and <c>excludedAttributes</c> (RFC 7644, section 3.9).
/// Names that a resource's schemas lack select nothing.
/// </summary>
internal sealed class Projection
{
    private const int MaxNames = 100;

    private readonly List<AttributePath>? only;
    private readonly List<AttributePath> without;

    private Projection(List<AttributePath>? only, List<AttributePath> without)
    {
        this.only = only;
        this.without = without;
    }

    /// <param name="attributes">Names, separated by commas; null or blank means all.</param>
    /// <param name="excluded">Names, separated by commas.</param>
    /// <exception cref="Accounts.RefusedException">invalidValue: both are given, or too many names.</exception>
    public static Projection Parse(string? attributes, string? excluded)
    {
        if (!string.IsNullOrWhiteSpace(attributes) && !string.IsNullOrWhiteSpace(excluded))
        {
            throw ScimErrors.InvalidValue("attributes", "The parameters attributes and excludedAttributes exclude each other.");
        }

        return new Projection(string.IsNullOrWhiteSpace(attributes) ? null : Paths(attributes), Paths(excluded ?? ""));
    }

    /// <summary>Whether anything of this attribute will be shown: what will not need not be loaded.</summary>
    public bool Shows(string attribute) =>
        only is not null ? only.Any(p => p.IsOf(attribute)) : !without.Any(p => p.Sub is null && p.IsOf(attribute));

    public JsonObject Apply(JsonObject resource, ScimResourceType type)
    {
        if (only is not null)
        {
            return Selected(resource, Resolved(only, type), type);
        }

        foreach (var path in Resolved(without, type).Where(p => p.Attribute is not { Always: true }))
        {
            Exclude(resource, path);
        }

        if (without.Count > 0)
        {
            Prune(resource);
        }

        return resource;
    }

    private static List<AttributePath> Paths(string list)
    {
        var paths = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(AttributePath.Parse).OfType<AttributePath>().Distinct().ToList();
        return paths.Count <= MaxNames
            ? paths
            : throw ScimErrors.InvalidValue("attributes", $"At most {MaxNames} attributes can be selected or left out by name.");
    }

    private static IEnumerable<ResolvedPath> Resolved(List<AttributePath> paths, ScimResourceType type) =>
        paths.Select(type.Resolve).OfType<ResolvedPath>();

    private static JsonObject Selected(JsonObject resource, IEnumerable<ResolvedPath> paths, ScimResourceType type)
    {
        var result = new JsonObject();
        foreach (var name in type.Attributes.Where(a => a.Always).Select(a => a.Name))
        {
            result[name] = resource[name]?.DeepClone();
        }

        foreach (var path in paths)
        {
            Copy(resource, result, path);
        }

        Prune(result);
        return result;
    }

    private static void Copy(JsonObject from, JsonObject to, ResolvedPath path)
    {
        if (path.Extension is { } urn)
        {
            if (from[urn] is not JsonObject extension)
            {
                return;
            }

            if (path.Attribute is null)
            {
                to[urn] = extension.DeepClone();
                return;
            }

            to[urn] ??= new JsonObject();
            (from, to) = (extension, (JsonObject)to[urn]!);
        }

        var name = path.Attribute!.Name;
        if (from[name] is { } value)
        {
            to[name] = path.Sub is not { } sub ? value.DeepClone() : Merged(to[name], value, sub.Name);
        }
    }

    // name.givenName and name.familyName may both be asked for.
    private static JsonNode? Merged(JsonNode? soFar, JsonNode value, string sub)
    {
        if (value is JsonArray values)
        {
            var parts = values.Select((v, i) => Merged((soFar as JsonArray)?[i], v!, sub)).ToArray();
            return new JsonArray(parts);
        }

        var result = soFar?.DeepClone() as JsonObject ?? [];
        if ((value as JsonObject)?[sub] is { } part)
        {
            result[sub] = part.DeepClone();
        }

        return result;
    }

    private static void Exclude(JsonObject resource, ResolvedPath path)
    {
        var home = path.Extension is { } urn && path.Attribute is not null ? resource[urn] as JsonObject : resource;
        var name = path.Attribute?.Name ?? path.Extension!;
        if (path.Sub is not { } sub)
        {
            home?.Remove(name);
        }
        else
        {
            foreach (var element in home?[name] is JsonArray values ? values.ToArray() : [home?[name]])
            {
                (element as JsonObject)?.Remove(sub.Name);
            }
        }
    }

    // What has lost its last part is unassigned, and what is unassigned is not shown.
    private static void Prune(JsonObject resource)
    {
        foreach (var (name, value) in resource.ToList())
        {
            if (value is JsonObject members)
            {
                Prune(members);
            }
            else if (value is JsonArray values)
            {
                values.RemoveAll(v => v is JsonObject { Count: 0 });
            }

            if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                resource.Remove(name);
            }
        }
    }
}
