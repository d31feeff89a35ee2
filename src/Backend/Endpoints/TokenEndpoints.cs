using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Endpoints;

/// <summary><c>/api/v1/scim-tokens</c>.</summary>
internal sealed class TokenEndpoints(BackendServices services)
{
    private const string Path = "/api/v1/scim-tokens";

    public void Map(IEndpointRouteBuilder routes, AdminGate gate)
    {
        routes.MapGet(Path, gate.Guard(ListAsync));
        routes.MapPost(Path, gate.Guard(CreateAsync));
        routes.MapGet(Path + "/{id}", gate.Guard(GetAsync));
        routes.MapDelete(Path + "/{id}", gate.Guard(DeleteAsync));
    }

    private async Task ListAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context, "cursor", "limit", "ownerId", "reference");
        var (after, limit) = (QueryRules.After(context), QueryRules.Limit(context));
        var (owner, reference) = (QueryRules.Value(context, "ownerId"), QueryRules.Value(context, "reference"));
        await FlushLastUseAsync();
        var tokens = await services.Store.ReadOneAsync(session => session.Tokens.Page(owner, reference, after, limit + 1));
        var page = new Page<TokenView>
        {
            Items = tokens.Take(limit).Select(View).ToList(),
            NextCursor = tokens.Count > limit ? QueryRules.Cursor(tokens[limit - 1].Seq) : null,
        };
        await JsonResponses.WriteAsync(context, StatusCodes.Status200OK, page, WireJson.Context.PageTokenView);
    }

    private async Task CreateAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var request = await RequestBody.ReadAsync(context, ApiJsonContext.Default.CreateTokenRequest);
        var draft = new TokenDraft(
            InputRules.Required("ownerId", request.OwnerId),
            InputRules.Required("description", request.Description),
            InputRules.Optional("reference", request.Reference),
            InputRules.Expiry(request.ExpiresAt, request.ExpiresInSeconds, services.Time.GetUtcNow()));
        var value = TokenValue.Generate();
        var token = await services.Store.WriteAsync(session => TokenChanges.Create(session, draft, value, actor, services.Time.GetUtcNow()));
        context.Response.Headers.Location = Path + "/" + token.Id;
        await JsonResponses.WriteAsync(
            context, StatusCodes.Status201Created, TokenView.Of(token, value.Reveal()), WireJson.Context.TokenView);
    }

    private async Task GetAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var id = Id(context);
        await FlushLastUseAsync();
        var token = await services.Store.ReadOneAsync(session => Find(session, id));
        await JsonResponses.WriteAsync(context, StatusCodes.Status200OK, View(token), WireJson.Context.TokenView);
    }

    private async Task DeleteAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var id = Id(context);
        await services.Store.WriteAsync(session =>
        {
            TokenChanges.Delete(session, Find(session, id), actor, services.Time.GetUtcNow());
            return true;
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static TokenRecord Find(StoreSession session, string id) =>
        session.Tokens.Find(id) ?? throw Refusals.NotFound("token", id).AsException();

    private Task FlushLastUseAsync() => services.LastUse?.FlushAsync() ?? Task.CompletedTask;

    // A backend that does not report last use says nothing, not what it knew when it still did.
    private TokenView View(TokenRecord token) => TokenView.Of(services.LastUse is null ? token with { LastUsedAt = null } : token);
}
