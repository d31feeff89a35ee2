using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>The body of a bulk request.</summary>
/// <param name="FailOnErrors">How many errors end it; null goes on to the end.</param>
internal sealed record BulkRequest(IReadOnlyList<BulkOperation> Operations, int? FailOnErrors)
{
    public const int MaxOperations = 1000;

    /// <exception cref="RefusedException">invalidSyntax, invalidValue, payload_too_large.</exception>
    public static BulkRequest Read(JsonObject body, IReadOnlyList<IScimResource> kinds)
    {
        if (Canonicalizer.Find(body, "Operations") is not JsonArray { Count: > 0 } list)
        {
            throw ScimErrors.InvalidSyntax("The body has no Operations: a bulk request needs a list of at least one.");
        }

        if (list.Count > MaxOperations)
        {
            throw Refusals.TooManyOperations(MaxOperations).AsException();
        }

        var operations = list.Select(o => BulkOperation.Read(o, kinds)).ToList();
        var twice = operations.Where(o => o is { BulkId: not null, Method: "POST" }).GroupBy(o => o.BulkId).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new BulkRequest(operations, Limit(Canonicalizer.Find(body, "failOnErrors")))
            : throw ScimErrors.InvalidValue("bulkId", $"The bulkId \"{twice.Key}\" is given to two operations.");
    }

    private static int? Limit(JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out int limit) && limit >= 1
            ? limit
            : throw ScimErrors.InvalidValue("failOnErrors", "The attribute failOnErrors must be a whole number, 1 or more.");
    }
}
