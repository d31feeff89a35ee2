using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Endpoints;

/// <summary><c>GET /api/v1/account</c>.</summary>
internal sealed class AccountEndpoint(BackendServices services)
{
    public void Map(IEndpointRouteBuilder routes, AdminGate gate) => routes.MapGet("/api/v1/account", gate.Guard(GetAsync));

    private async Task GetAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var scimUrl = services.ScimUrl(context);
        var view = await services.Store.ReadAsync(session => View(session, scimUrl));
        await JsonResponses.WriteAsync(context, StatusCodes.Status200OK, view, WireJson.Context.AccountView);
    }

    private AccountView View(StoreSession session, string scimUrl)
    {
        var account = session.Account.Get();
        var admin = services.CredentialAdminId is { } id ? session.Users.Find(id) : null;
        return new AccountView
        {
            Id = account.Id,
            Name = account.Name,
            Plan = Names.Of(account.Plan),
            ScimUrl = scimUrl,
            Capabilities = new CapabilitiesView
            {
                OverlappingTokens = account.MaxTokens is not 1,
                MaxTokens = account.MaxTokens,
                LastUse = services.LastUse is not null,
                Expiry = true,
            },
            Credential = new CredentialView { Name = AdminGate.CredentialName, AdminUserId = admin?.Id, AdminEmail = admin?.Email },
            Counts = new CountsView
            {
                Users = session.Users.Count(),
                ActiveAdmins = session.Users.CountActiveAdmins(),
                Tokens = session.Tokens.Count(),
                LiveTokens = session.Tokens.CountLive(services.Time.GetUtcNow()),
            },
        };
    }
}
