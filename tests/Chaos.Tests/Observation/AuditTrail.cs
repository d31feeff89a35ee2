using System.Text.Json.Nodes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>Reads in the account's audit log what became of a token.</summary>
internal static class AuditTrail
{
    /// <summary>One line: everything that was done to the token or to its owner, and by whom.</summary>
    internal static async Task<string> WhyAsync(BackendApi account, string tokenId, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = JsonNode.Parse(await account.Client.GetStringAsync($"/api/v1/audit-events?limit=1000{query}", cancellationToken))!;
            lines.AddRange(page["items"]!.AsArray().Where(e => e!["targetId"]!.GetValue<string>() == tokenId).Select(e => $"{e!["at"]} {e["action"]} by {e["actor"]}"));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return lines.Count == 0 ? "the account's audit log does not know it" : "the account's audit log: " + string.Join(", ", lines);
    }
}
