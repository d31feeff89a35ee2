using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Api;

namespace ScimOperator.Backend.Endpoints;

/// <summary><c>GET /api/v1/audit-events</c>, in the order the changes happened.</summary>
internal sealed class AuditEndpoint(BackendServices services)
{
    public void Map(IEndpointRouteBuilder routes, AdminGate gate) => routes.MapGet("/api/v1/audit-events", gate.Guard(ListAsync));

    private async Task ListAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context, "cursor", "limit", "actor", "action");
        var (after, limit) = (QueryRules.After(context), QueryRules.Limit(context));
        var (by, action) = (QueryRules.Value(context, "actor"), QueryRules.Value(context, "action"));
        var events = await services.Store.ReadAsync(session => session.Audit.Page(by, action, after, limit + 1));
        var page = new Page<AuditEventView>
        {
            Items = events.Take(limit).Select(AuditEventView.Of).ToList(),
            NextCursor = events.Count > limit ? QueryRules.Cursor(events[limit - 1].Seq) : null,
        };
        await JsonResponses.WriteAsync(context, StatusCodes.Status200OK, page, WireJson.Context.PageAuditEventView);
    }
}
