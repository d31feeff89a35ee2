using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// What operations of a bulk request call by a bulkId. Every resource that will be created has its id from the start, so
/// references can be put in before anything is stored, circular ones too.
/// </summary>
internal sealed class BulkReferences
{
    private readonly Dictionary<string, (int Position, string Id)> created = [];

    public BulkReferences(IReadOnlyList<BulkOperation> operations, DateTimeOffset now)
    {
        foreach (var (position, operation) in operations.Index())
        {
            if (operation is { Method: "POST", Fault: null, BulkId: { } bulkId, Kind: { } kind })
            {
                created[bulkId] = (position, kind.NewId(now));
            }
        }
    }

    /// <summary>The id that the operation's resource will have; null when it creates none.</summary>
    public string? IdOf(BulkOperation operation) =>
        operation is { Method: "POST", BulkId: { } bulkId } && created.TryGetValue(bulkId, out var own) ? own.Id : null;

    /// <summary>The positions of the operations that this one refers to.</summary>
    public IReadOnlyList<int> Of(BulkOperation operation) =>
    [
        .. Names(operation.Data).Concat(Name(operation.TargetId) is { } target ? [target] : [])
            .Where(created.ContainsKey).Select(n => created[n].Position).Distinct(),
    ];

    /// <summary>The text with the id in the place of a reference.</summary>
    /// <exception cref="RefusedException">invalidValue: nothing in this request has the bulkId.</exception>
    public string Resolve(string text)
    {
        if (Name(text) is not { } name)
        {
            return text;
        }

        return created.TryGetValue(name, out var found)
            ? found.Id
            : throw ScimErrors.InvalidValue("bulkId", $"No operation of this request that can create something has the bulkId \"{name}\".");
    }

    /// <summary>A copy of the data with ids in the places of references.</summary>
    /// <exception cref="RefusedException">invalidValue.</exception>
    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Resolve(m.Value)))),
        JsonArray values => new JsonArray([.. values.Select(Resolve)]),
        _ when node.GetValueKind() == JsonValueKind.String => JsonValue.Create(Resolve(node.GetValue<string>())),
        _ => node.DeepClone(),
    };

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Names(m.Value)),
        JsonArray values => values.SelectMany(Names),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && Name(value.GetValue<string>()) is { } name => [name],
        _ => [],
    };

    private static string? Name(string? text) =>
        text is not null && text.StartsWith(BulkOperation.Reference, StringComparison.Ordinal) ? text[BulkOperation.Reference.Length..] : null;
}
