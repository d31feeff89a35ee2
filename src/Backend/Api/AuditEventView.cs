using System.Globalization;
using System.Text.Json;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Api;

/// <summary>An audit event on the wire.</summary>
internal sealed record AuditEventView
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string TargetType { get; init; }

    public required string TargetId { get; init; }

    public JsonElement? Before { get; init; }

    public JsonElement? After { get; init; }

    public static AuditEventView Of(AuditRecord record) => new()
    {
        Id = record.Seq.ToString(CultureInfo.InvariantCulture),
        At = record.At,
        Actor = record.Actor,
        Action = record.Action,
        TargetType = record.TargetType,
        TargetId = record.TargetId,
        Before = Summary(record.Before),
        After = Summary(record.After),
    };

    private static JsonElement? Summary(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
