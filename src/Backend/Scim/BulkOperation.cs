using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>One operation of a bulk request (RFC 7644, section 3.7).</summary>
internal sealed record BulkOperation
{
    /// <summary>How values refer to what another operation of the request creates.</summary>
    public const string Reference = "bulkId:";

    /// <summary>POST, PUT, PATCH or DELETE; anything else as it was given.</summary>
    public required string Method { get; init; }

    public string? BulkId { get; init; }

    /// <summary>Entity tags of which one must be the resource's.</summary>
    public string? Version { get; init; }

    public JsonNode? Data { get; init; }

    /// <summary>What the path leads to; null when it leads nowhere.</summary>
    public IScimResource? Kind { get; init; }

    /// <summary>The id in the path, which may be a reference; null when it names the kind alone.</summary>
    public string? TargetId { get; init; }

    /// <summary>What is wrong with it whatever the account holds.</summary>
    public Refusal? Fault { get; init; }

    /// <exception cref="RefusedException">invalidSyntax: it is no operation at all.</exception>
    public static BulkOperation Read(JsonNode? node, IReadOnlyList<IScimResource> kinds)
    {
        if (node is not JsonObject json)
        {
            throw ScimErrors.InvalidSyntax("Each of Operations must be an object.");
        }

        var path = Text(json, "path") ?? "";
        var kind = kinds.FirstOrDefault(k => path.Equals(k.Type.Endpoint, StringComparison.OrdinalIgnoreCase)
            || path.StartsWith(k.Type.Endpoint + "/", StringComparison.OrdinalIgnoreCase));
        var id = kind is null ? "" : path[kind.Type.Endpoint.Length..].Trim('/');
        var operation = new BulkOperation
        {
            Method = Text(json, "method")?.ToUpperInvariant() ?? "",
            BulkId = Text(json, "bulkId"),
            Version = Text(json, "version"),
            Data = Canonicalizer.Find(json, "data"),
            Kind = kind,
            TargetId = id.Length > 0 ? Uri.UnescapeDataString(id) : null,
        };
        return operation with { Fault = operation.FindFault(path) };
    }

    private Refusal? FindFault(string path)
    {
        if (Kind is null || (TargetId?.Contains('/', StringComparison.Ordinal) ?? false))
        {
            return ScimErrors.InvalidPath(path, "a bulk operation works on /Users, /Users/{id}, /Groups or /Groups/{id}.").Refusal;
        }

        return (Method, TargetId) switch
        {
            ("POST", null) when BulkId is null => ScimErrors.InvalidSyntax("A POST in a bulk request needs a bulkId.").Refusal,
            ("POST", null) or ("PUT" or "PATCH" or "DELETE", not null) => Method != "DELETE" && Data is not JsonObject
                ? ScimErrors.InvalidSyntax($"A {Method} in a bulk request needs an object as its data.").Refusal
                : null,
            ("POST" or "PUT" or "PATCH" or "DELETE", _) => Refusals.MethodNotAllowed(Method, path),
            _ => ScimErrors.InvalidSyntax("The method of each of Operations must be POST, PUT, PATCH or DELETE.").Refusal,
        };
    }

    private static string? Text(JsonObject operation, string name) => Canonicalizer.Find(operation, name) switch
    {
        null => null,
        { } node when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        _ => throw ScimErrors.InvalidSyntax($"The {name} of each of Operations must be a string."),
    };
}
