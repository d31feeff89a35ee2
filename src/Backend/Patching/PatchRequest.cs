using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Patching;

/// <summary>Reads the body of a PATCH (RFC 7644, section 3.5.2).</summary>
internal static class PatchRequest
{
    private const int MaxOperations = 1000;

    /// <exception cref="Accounts.RefusedException">invalidSyntax, noTarget, tooMany.</exception>
    public static IReadOnlyList<PatchOperation> Read(JsonObject body)
    {
        if (Canonicalizer.Find(body, "Operations") is not JsonArray { Count: > 0 } operations)
        {
            throw ScimErrors.InvalidSyntax("The body has no Operations: a PATCH needs a list of at least one.");
        }

        return operations.Count <= MaxOperations
            ? operations.Select(Operation).ToList()
            : throw ScimErrors.TooMany($"The body has more than {MaxOperations} Operations: send them in several requests.");
    }

    private static PatchOperation Operation(JsonNode? node)
    {
        if (node is not JsonObject operation)
        {
            throw ScimErrors.InvalidSyntax("Each of Operations must be an object.");
        }

        var kind = Text(operation, "op")?.ToUpperInvariant() switch
        {
            "ADD" => PatchKind.Add,
            "REPLACE" => PatchKind.Replace,
            "REMOVE" => PatchKind.Remove,
            _ => throw ScimErrors.InvalidSyntax("The op of each of Operations must be add, replace or remove."),
        };
        var path = Text(operation, "path");
        if (kind == PatchKind.Remove && path is null)
        {
            throw ScimErrors.NoTarget("A remove operation needs a path.");
        }

        return new PatchOperation(kind, path, Canonicalizer.Find(operation, "value"));
    }

    private static string? Text(JsonObject operation, string name) => Canonicalizer.Find(operation, name) switch
    {
        null => null,
        { } node when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        _ => throw ScimErrors.InvalidSyntax($"The {name} of each of Operations must be a string."),
    };
}
