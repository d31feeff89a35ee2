using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Tests;

public sealed class OpenApiTests
{
    private const string Users = "/api/v1/users";
    private const string Tokens = "/api/v1/scim-tokens";

    [Fact]
    public async Task Every_route_of_the_admin_api_is_described_and_every_described_one_exists()
    {
        await using var backend = await TestBackend.StartAsync();
        var served = backend.Routes
            .SelectMany(r => r.Metadata.GetMetadata<IHttpMethodMetadata>() is { } m ? m.HttpMethods.Select(method => method + " " + r.RoutePattern.RawText) : [])
            .Where(r => !r.Contains("/scim/", StringComparison.Ordinal));
        var document = await DocumentAsync(backend);
        Assert.Equal(served.Order(), document.Operations.Order());
        foreach (var operation in document.Operations)
        {
            var parts = operation.Split(' ');
            var reply = await TestBackend.SendAsync(backend.Admin, new HttpMethod(parts[0]), parts[1].Replace("{id}", "none", StringComparison.Ordinal), parts[0] is "POST" or "PATCH" ? "{}" : null);
            Assert.True(reply.Status != HttpStatusCode.MethodNotAllowed && !reply.Text.Contains("Nothing is served", StringComparison.Ordinal), operation);
        }
    }

    [Fact]
    public async Task Every_described_answer_is_given_and_every_answer_is_as_described()
    {
        await using var backend = await TestBackend.StartAsync(change: o => o with { MaxTokens = 3 });
        var document = await DocumentAsync(backend);
        using var handler = new ConformanceHandler(document);
        using var client = Client(backend, handler, backend.Credential);
        await WorkThroughAsync(new Caller(document, client), backend);
        await RefusalsForEveryoneAsync(document, backend, handler);
        // What only a broken store or program brings about is described by hand.
        var unreachable = document.Answers.Where(a => a.EndsWith(" 500", StringComparison.Ordinal) || a.EndsWith(" 503", StringComparison.Ordinal));
        Assert.Equal(document.Answers.Except(unreachable).Order(), handler.Seen.Order());
    }

    [Fact]
    public async Task Described_query_parameters_are_taken_and_no_others()
    {
        await using var backend = await TestBackend.StartAsync();
        var document = await DocumentAsync(backend);
        foreach (var operation in document.Operations.Where(o => o.StartsWith("GET /api/v1/", StringComparison.Ordinal) && !o.Contains("{id}", StringComparison.Ordinal) && !o.Contains("openapi", StringComparison.Ordinal)))
        {
            var path = operation.Split(' ')[1];
            foreach (var name in document.QueryParameters(operation))
            {
                var reply = await backend.GetAsync($"{path}?{name}={(name == "limit" ? "7" : "x")}");
                Assert.True(reply.Status == HttpStatusCode.OK || (name == "cursor" && reply.Status == HttpStatusCode.BadRequest), $"{operation} {name}: {reply.Text}");
            }

            (await backend.GetAsync(path + "?unheardOf=x")).Expect(HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    [Theory]
    [InlineData("POST", Users, """{"email":"x@x.test"}""", true)]
    [InlineData("POST", Users, """{"email":"x@x.test","displayName":null,"userType":null,"active":null}""", true)]
    [InlineData("POST", Users, """{"email":"x@x.test","userType":"Robot"}""", false)]
    [InlineData("POST", Users, """{"email":"x@x.test","unheardOf":1}""", false)]
    [InlineData("POST", Users, """{"email":"x@x.test","displayName":""}""", false)]
    [InlineData("POST", Users, """{"email":"x@x.test","active":"true"}""", false)]
    [InlineData("POST", Users, """{"displayName":"x"}""", false)]
    [InlineData("PATCH", Users + "/{alice}", """{}""", true)]
    [InlineData("PATCH", Users + "/{alice}", """{"displayName":null}""", true)]
    [InlineData("PATCH", Users + "/{alice}", """{"userType":7}""", false)]
    [InlineData("POST", Tokens, """{"ownerId":"{alice}","description":"d","expiresInSeconds":60}""", true)]
    [InlineData("POST", Tokens, """{"ownerId":"{alice}","description":"d","expiresAt":"2026-09-01T00:00:00Z","reference":"r"}""", true)]
    [InlineData("POST", Tokens, """{"ownerId":"{alice}"}""", false)]
    [InlineData("POST", Tokens, """{"ownerId":"{alice}","description":"d","expiresInSeconds":0}""", false)]
    [InlineData("POST", Tokens, """{"ownerId":"{alice}","description":"d","expiresAt":"tomorrow"}""", false)]
    public async Task The_server_takes_the_bodies_that_the_description_takes(string method, string path, string body, bool valid)
    {
        await using var backend = await TestBackend.StartAsync();
        var alice = await backend.AliceAsync();
        (path, body) = (path.Replace("{alice}", alice, StringComparison.Ordinal), body.Replace("{alice}", alice, StringComparison.Ordinal));
        var document = await DocumentAsync(backend);
        Assert.Equal(valid, document.RequestFault(document.Match(method, path)!, body) is null);
        var reply = await TestBackend.SendAsync(backend.Admin, new HttpMethod(method), path, body);
        Assert.True(valid == reply.Status is HttpStatusCode.OK or HttpStatusCode.Created, reply.Text);
        Assert.True(valid || reply.Code == "invalid_request", reply.Text);
    }

    [Fact]
    public async Task Every_code_that_the_admin_api_can_answer_is_described()
    {
        await using var backend = await TestBackend.StartAsync();
        var document = (await backend.GetAsync("/api/v1/openapi.json")).Body!;
        var described = document["components"]!["schemas"]!["Problem"]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => c!.GetValue<string>());
        string[] scimOnly = [RefusalCodes.GroupNameConflict, RefusalCodes.NotOffered, RefusalCodes.BulkDependency];
        var known = typeof(RefusalCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).Except(scimOnly);
        Assert.Equal(known.Order(), described.Order());
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
    }

    private static async Task WorkThroughAsync(Caller api, TestBackend backend)
    {
        await api.SendAsync("GET", "/healthz", HttpStatusCode.OK);
        await api.SendAsync("GET", "/api/v1/openapi.json", HttpStatusCode.OK);
        await api.SendAsync("GET", "/api/v1/account", HttpStatusCode.OK);
        var user = await api.SendAsync("POST", Users, HttpStatusCode.Created, """{"email":"carol@acme.test","displayName":"Carol","userType":"Viewer","active":false}""");
        var one = $"{Users}/{user.String("id")}";
        await api.SendAsync("POST", Users, HttpStatusCode.Conflict, """{"email":"CAROL@acme.test"}""");
        await api.SendAsync("GET", Users + "?limit=2", HttpStatusCode.OK);
        await api.SendAsync("GET", Users + "?email=carol@acme.test", HttpStatusCode.OK);
        await api.SendAsync("GET", one, HttpStatusCode.OK);
        await api.SendAsync("PATCH", one, HttpStatusCode.OK, """{"displayName":null,"active":true}""");
        await api.SendAsync("PATCH", one, HttpStatusCode.PreconditionFailed, """{"active":true}""", "\"1\"");
        await api.SendAsync("DELETE", one, HttpStatusCode.PreconditionFailed, null, "\"1\"");
        await TokensAsync(api, backend);
        await api.SendAsync("DELETE", one, HttpStatusCode.NoContent);
        await api.SendAsync("GET", "/api/v1/audit-events?limit=3", HttpStatusCode.OK);
        await api.SendAsync("GET", "/api/v1/audit-events", HttpStatusCode.OK);
        foreach (var path in (string[])[Users, Tokens])
        {
            await api.SendAsync("GET", path + "/none", HttpStatusCode.NotFound);
            await api.SendAsync("DELETE", path + "/none", HttpStatusCode.NotFound);
        }

        await api.SendAsync("PATCH", Users + "/none", HttpStatusCode.NotFound, "{}");
    }

    private static async Task TokensAsync(Caller api, TestBackend backend)
    {
        var alice = await backend.AliceAsync();
        var token = await api.SendAsync("POST", Tokens, HttpStatusCode.Created, $$"""{"ownerId":"{{alice}}","description":"okta","reference":"r-1","expiresInSeconds":3600}""");
        await api.SendAsync("POST", Tokens, HttpStatusCode.Created, $$"""{"ownerId":"{{alice}}","description":"plain"}""");
        var scim = backend.Client(token.String("value"));
        (await TestBackend.SendAsync(scim, HttpMethod.Post, "/scim/v2/Groups", """{"displayName":"G"}""")).Expect(HttpStatusCode.Created);
        await api.SendAsync("POST", Tokens, HttpStatusCode.Conflict, $$"""{"ownerId":"{{alice}}","description":"again","reference":"r-1"}""");
        await api.SendAsync("POST", Tokens, HttpStatusCode.Conflict, """{"ownerId":"usr_none","description":"nobody"}""");
        await api.SendAsync("POST", Tokens, HttpStatusCode.Created, $$"""{"ownerId":"{{alice}}","description":"third"}""");
        await api.SendAsync("POST", Tokens, HttpStatusCode.Conflict, $$"""{"ownerId":"{{alice}}","description":"fourth"}""");
        await api.SendAsync("GET", Tokens + "?limit=1", HttpStatusCode.OK);
        await api.SendAsync("GET", $"{Tokens}/{token.String("id")}", HttpStatusCode.OK);
        await api.SendAsync("PATCH", $"{Users}/{alice}", HttpStatusCode.Conflict, """{"userType":"Member"}""");
        await api.SendAsync("DELETE", $"{Users}/{alice}", HttpStatusCode.Conflict);
        await api.SendAsync("DELETE", $"{Tokens}/{token.String("id")}", HttpStatusCode.NoContent);
    }

    // What may happen to every operation alike: no credential, a bad query, a bad or large body, too many requests, a plan without SCIM.
    private static async Task RefusalsForEveryoneAsync(OpenApiDocument document, TestBackend backend, ConformanceHandler handler)
    {
        var stranger = Client(backend, handler, null);
        var friend = Client(backend, handler, backend.Credential);
        // A body that is too large is refused before it is sent: no race with the end of the connection.
        friend.DefaultRequestHeaders.ExpectContinue = true;
        foreach (var operation in document.Operations.Where(o => document.Operation(o)["security"] is null))
        {
            var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1].Replace("{id}", "none", StringComparison.Ordinal));
            var body = method is "POST" or "PATCH" ? "{}" : null;
            (await TestBackend.SendAsync(stranger, new HttpMethod(method), path, body)).Expect(HttpStatusCode.Unauthorized, "unauthorized");
            (await TestBackend.SendAsync(friend, new HttpMethod(method), path + "?unheardOf=x", body)).Expect(HttpStatusCode.BadRequest, "invalid_request");
            if (body is not null)
            {
                (await TestBackend.SendAsync(friend, new HttpMethod(method), path, "<x/>", "application/xml")).Expect(HttpStatusCode.UnsupportedMediaType);
                (await TestBackend.SendAsync(friend, new HttpMethod(method), path, new string(' ', 2 << 20))).Expect(HttpStatusCode.RequestEntityTooLarge);
            }
        }

        await backend.RestartAsync(o => o with { CredentialRateLimit = 1, Plan = Plan.Business });
        var limited = Client(backend, handler, backend.Credential);
        (await TestBackend.SendAsync(limited, HttpMethod.Post, Tokens, $$"""{"ownerId":"none","description":"x"}""")).Expect(HttpStatusCode.Forbidden, "plan_required");
        foreach (var operation in document.Operations.Where(o => document.Operation(o)["security"] is null))
        {
            var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1].Replace("{id}", "none", StringComparison.Ordinal));
            (await TestBackend.SendAsync(limited, new HttpMethod(method), path, method is "POST" or "PATCH" ? "{}" : null)).Expect(HttpStatusCode.TooManyRequests, "rate_limited");
        }
    }

    private static async Task<OpenApiDocument> DocumentAsync(TestBackend backend) =>
        new((await TestBackend.SendAsync(backend.Client(null), HttpMethod.Get, "/api/v1/openapi.json")).Expect(HttpStatusCode.OK).Object);

    private static HttpClient Client(TestBackend backend, ConformanceHandler handler, string? credential)
    {
        var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = backend.Url };
        client.DefaultRequestHeaders.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    /// <summary>Sends what the description allows, and expects the answer it leads to.</summary>
    private sealed class Caller(OpenApiDocument document, HttpClient client)
    {
        public async Task<Reply> SendAsync(string method, string path, HttpStatusCode expected, string? body = null, string? ifMatch = null)
        {
            if (body is not null)
            {
                Assert.Null(document.RequestFault(document.Match(method, path)!, body));
            }

            return (await TestBackend.SendAsync(client, new HttpMethod(method), path, body, ifMatch: ifMatch)).Expect(expected);
        }
    }
}
