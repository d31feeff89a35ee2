using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Endpoints;

/// <summary><c>/api/v1/users</c>.</summary>
internal sealed class UserEndpoints(BackendServices services)
{
    private const string Path = "/api/v1/users";

    public void Map(IEndpointRouteBuilder routes, AdminGate gate)
    {
        routes.MapGet(Path, gate.Guard(ListAsync));
        routes.MapPost(Path, gate.Guard(CreateAsync));
        routes.MapGet(Path + "/{id}", gate.Guard(GetAsync));
        routes.MapPatch(Path + "/{id}", gate.Guard(UpdateAsync));
        routes.MapDelete(Path + "/{id}", gate.Guard(DeleteAsync));
    }

    private async Task ListAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context, "cursor", "limit", "email");
        var (after, limit, email) = (QueryRules.After(context), QueryRules.Limit(context), QueryRules.Value(context, "email"));
        var users = await services.Store.ReadOneAsync(session => email is null ? session.Users.Page(after, limit + 1) : ByEmail(session, email));
        var page = new Page<UserView>
        {
            Items = users.Take(limit).Select(UserView.Of).ToList(),
            NextCursor = users.Count > limit ? QueryRules.Cursor(users[limit - 1].Seq) : null,
        };
        await JsonResponses.WriteAsync(context, StatusCodes.Status200OK, page, WireJson.Context.PageUserView);
    }

    private static List<UserRecord> ByEmail(StoreSession session, string email) =>
        session.Users.FindByEmail(email) is { } user ? [user] : [];

    private async Task CreateAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var request = await RequestBody.ReadAsync(context, ApiJsonContext.Default.CreateUserRequest);
        var draft = UserRecord.Draft(
            InputRules.Email(request.Email),
            request.UserType is { } type ? InputRules.Type(type) : UserType.Member,
            request.Active ?? true,
            InputRules.Optional("displayName", request.DisplayName));
        var user = await services.Store.WriteAsync(session => UserChanges.Create(session, draft, actor, services.Time.GetUtcNow()));
        context.Response.Headers.Location = Path + "/" + user.Id;
        await AnswerAsync(context, StatusCodes.Status201Created, user);
    }

    private async Task GetAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var id = Id(context);
        await AnswerAsync(context, StatusCodes.Status200OK, await services.Store.ReadOneAsync(session => Find(session, id)));
    }

    private async Task UpdateAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var (id, tags) = (Id(context), Preconditions.IfMatch(context));
        var change = Change(await RequestBody.ReadAsync(context, ApiJsonContext.Default.UpdateUserRequest));
        var user = await services.Store.WriteAsync(session =>
        {
            var before = Find(session, id);
            Preconditions.Require(tags, before);
            return UserChanges.Update(session, before, change(before), actor, services.Time.GetUtcNow());
        });
        await AnswerAsync(context, StatusCodes.Status200OK, user);
    }

    private async Task DeleteAsync(HttpContext context, string actor)
    {
        QueryRules.Allow(context);
        var (id, tags) = (Id(context), Preconditions.IfMatch(context));
        await services.Store.WriteAsync(session =>
        {
            var user = Find(session, id);
            Preconditions.Require(tags, user);
            UserChanges.Delete(session, user, actor, services.Time.GetUtcNow());
            return true;
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Checked before the transaction, applied within it.
    private static Func<UserRecord, UserRecord> Change(UpdateUserRequest request)
    {
        var email = request.Email is { } given ? InputRules.Email(given) : null;
        var type = request.UserType is { } text ? InputRules.Type(text) : (UserType?)null;
        var name = request.DisplayName.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => InputRules.Optional("displayName", request.DisplayName.GetString()),
            _ => throw Refusals.Invalid("displayName", "The field displayName must be a string, or null to clear it.").AsException(),
        };
        return user => user with
        {
            Email = email ?? user.Email,
            Type = type ?? user.Type,
            Active = request.Active ?? user.Active,
            DisplayName = request.DisplayName.ValueKind == JsonValueKind.Undefined ? user.DisplayName : name,
        };
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static UserRecord Find(StoreSession session, string id) =>
        session.Users.Find(id) ?? throw Refusals.NotFound("user", id).AsException();

    private static Task AnswerAsync(HttpContext context, int status, UserRecord user)
    {
        context.Response.Headers.ETag = Preconditions.Tag(user);
        return JsonResponses.WriteAsync(context, status, UserView.Of(user), WireJson.Context.UserView);
    }
}
