using System.Text.Json.Nodes;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>The parameters <c>attributes</c> and <c>excludedAttributes</c> (RFC 7644, section 3.9). Unknown names select nothing.</summary>
internal sealed class Projection
{
    private readonly List<ResolvedPath>? only;
    private readonly List<ResolvedPath> without;

    private Projection(List<ResolvedPath>? only, List<ResolvedPath> without)
    {
        this.only = only;
        this.without = without;
    }

    /// <exception cref="Accounts.RefusedException">invalidValue: both are given.</exception>
    public static Projection Parse(string? attributes, string? excluded)
    {
        if (!string.IsNullOrWhiteSpace(attributes) && !string.IsNullOrWhiteSpace(excluded))
        {
            throw ScimErrors.InvalidValue("attributes", "The parameters attributes and excludedAttributes exclude each other.");
        }

        return new Projection(string.IsNullOrWhiteSpace(attributes) ? null : Paths(attributes), Paths(excluded ?? ""));
    }

    public JsonObject Apply(JsonObject resource)
    {
        if (only is not null)
        {
            return Selected(resource, only);
        }

        foreach (var path in without.Where(p => p.Attribute is not { Always: true }))
        {
            Exclude(resource, path);
        }

        return resource;
    }

    private static List<ResolvedPath> Paths(string list) =>
    [
        .. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(AttributePath.Parse)
            .Select(path => path is null ? null : UserSchemas.Resolve(path))
            .OfType<ResolvedPath>(),
    ];

    private static JsonObject Selected(JsonObject resource, List<ResolvedPath> paths)
    {
        var result = new JsonObject();
        foreach (var name in UserSchemas.Common.Where(a => a.Always).Select(a => a.Name))
        {
            result[name] = resource[name]?.DeepClone();
        }

        foreach (var path in paths)
        {
            Copy(resource, result, path);
        }

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
        if (from[name] is not { } value)
        {
            return;
        }

        to[name] = path.Sub is not { } sub ? value.DeepClone() : Merged(to[name], value, sub.Name);
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
            return;
        }

        foreach (var element in home?[name] is JsonArray values ? values.ToArray() : [home?[name]])
        {
            (element as JsonObject)?.Remove(sub.Name);
        }
    }
}
