using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScimOperator.Crds;
using ScimOperator.Drivers.Scim;
using ScimOperator.Guard;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>Answers that no service provider should give: each is an error that says what is wrong, and nothing is written on the strength of it.</summary>
public sealed class HostileAnswerTests : IAsyncLifetime
{
    private const string Token = "good-token-9";
    private const string User = """{"id":"1","userName":"ann@acme.test","active":true,"userType":"Member"}""";
    private readonly HttpClient http = new(AccountHandler.Create(null)) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentQueue<string> calls = new();
    private WebApplication? app;
    private RequestDelegate answer = _ => Task.CompletedTask;

    public static TheoryData<string, string> BadLists { get; } = new()
    {
        { "", "the body is empty" },
        { "[]", "no JSON object" },
        { "null", "no JSON object" },
        { "{\"Resources\":[", "can't be read as JSON" },
        { "{}", "neither Resources nor totalResults" },
        { "{\"totalResults\":3}", "totalResults is 3, and no user is shown" },
        { "{\"totalResults\":-1,\"Resources\":[]}", "\"totalResults\" is no number" },
        { "{\"totalResults\":\"many\",\"Resources\":[]}", "\"totalResults\" is no number" },
        { "{\"totalResults\":99999999999,\"Resources\":[]}", "\"totalResults\" is no number" },
        { "{\"totalResults\":1,\"Resources\":{}}", "\"Resources\" is no list" },
        { "{\"totalResults\":1,\"Resources\":[7]}", "a resource in the list is no object" },
        { "{\"totalResults\":1,\"Resources\":[null]}", "a resource in the list is no object" },
        { List("""{"userName":"ann@acme.test"}"""), "a user has no \"id\"" },
        { List("""{"id":"","userName":"ann@acme.test"}"""), "a user has no \"id\"" },
        { List("""{"id":7,"userName":"ann@acme.test"}"""), "\"id\" is no text" },
        { List($$"""{"id":"{{new string('x', 257)}}","userName":"ann@acme.test"}"""), "longer than 256" },
        { List("""{"id":"1"}"""), "a user has no \"userName\"" },
        { List("""{"id":"1","userName":["ann@acme.test"]}"""), "\"userName\" is no text" },
        { List("""{"id":"1","userName":"ann@acme.test","active":"perhaps"}"""), "\"active\" is neither true nor false" },
        { List("""{"id":"1","userName":"ann@acme.test","active":1}"""), "\"active\" is neither true nor false" },
        { List("""{"id":"1","userName":"ann@acme.test","displayName":{}}"""), "\"displayName\" is no text" },
        { List("""{"id":"1","userName":"ann@acme.test","userType":["Admin"]}"""), "\"userType\" is no text" },
        { List("""{"id":"1","userName":"ann@acme.test","meta":"x"}"""), "\"meta\" is no object" },
        { List("""{"id":"1","userName":"ann@acme.test","displayName":"\uD800"}"""), "no Unicode" },
        { List("""{"id":"1","userName":"ann@acme.test","\ud83d":1}"""), "no Unicode" },
        { List("""{"id":"1","userName":"ann@acme.test","meta":{"version":"W/\"1\"\r\nX: y"}}"""), "can't stand in a header" },
        { List("""{"id":"1","id":"2","userName":"ann@acme.test"}"""), "can't be read as JSON" },
        { List($$"""{"id":"1","userName":"ann@acme.test","x":{{string.Concat(Enumerable.Repeat("[", 2000))}}{{string.Concat(Enumerable.Repeat("]", 2000))}}}"""), "can't be read as JSON" },
    };

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context =>
        {
            calls.Enqueue(context.Request.Method);
            return answer(context);
        });
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app!.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(BadLists))]
    public async Task A_list_that_is_none_is_an_error_and_leads_to_no_write(string list, string says)
    {
        answer = c => WriteAsync(c, 200, c.Request.Path.Value!.EndsWith("Config", StringComparison.Ordinal) ? "{}" : list);
        foreach (var call in new Func<ScimDriver, Task>[] { d => d.ListUsersAsync(default), d => d.FindUserAsync("bob@acme.test", default) })
        {
            var e = await Assert.ThrowsAsync<BackendException>(() => call(Driver()));
            Assert.Equal(BackendError.InvalidAnswer, e.Error);
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["GET"], calls.Distinct());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"patch\":true}")]
    [InlineData("{\"patch\":{\"supported\":\"maybe\"}}")]
    [InlineData("{\"filter\":{\"maxResults\":\"lots\"}}")]
    public async Task A_configuration_that_is_none_is_an_error(string configuration)
    {
        answer = c => WriteAsync(c, 200, configuration);
        Assert.Equal(BackendError.InvalidAnswer, (await Assert.ThrowsAsync<BackendException>(() => Driver().GetAccountAsync(default))).Error);
        await Assert.ThrowsAsync<BackendException>(() => Driver().CreateUserAsync(new NewUser("bob@acme.test", null, new UserState(UserType.Member, true)), default));
        Assert.Equal(["GET"], calls.Distinct());
    }

    [Fact]
    public async Task A_page_for_people_is_an_error_that_says_so()
    {
        answer = c => WriteAsync(c, 200, "<html>Sign in</html>", "text/html");
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().GetAccountAsync(default));
        Assert.Equal("GET /ServiceProviderConfig: the answer is not what a SCIM 2.0 service provider promises: it is of type text/html, not application/scim+json", e.Message);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error()
    {
        answer = c =>
        {
            c.Response.ContentType = "application/scim+json";
            byte[] list = [.. Encoding.ASCII.GetBytes(List("""{"id":"1","userName":"ann?"}""").Split('?')[0]), 0xFF, .. "\"}]}"u8];
            return c.Response.Body.WriteAsync(c.Request.Path.Value!.EndsWith("Config", StringComparison.Ordinal) ? "{}"u8.ToArray() : list).AsTask();
        };
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().ListUsersAsync(default));
        Assert.Contains("no Unicode", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_outside_the_basic_plane_is_read()
    {
        answer = c => WriteAsync(c, 200, c.Request.Path.Value!.EndsWith("Config", StringComparison.Ordinal) ? "{}" : List("""{"id":"1","userName":"ann@acme.test","displayName":"Ann \uD83D\uDE00"}"""));
        Assert.Equal("Ann \U0001F600", Assert.Single(await Driver().ListUsersAsync(default)).DisplayName);
    }

    [Fact]
    public async Task A_body_without_end_is_given_up()
    {
        answer = async c =>
        {
            c.Response.ContentType = "application/scim+json";
            var block = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            try
            {
                while (!c.RequestAborted.IsCancellationRequested)
                {
                    await c.Response.Body.WriteAsync(block, c.RequestAborted);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client has seen enough.
            }
        };
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().GetAccountAsync(default));
        Assert.Equal((BackendError.InvalidAnswer, true), (e.Error, e.Message.Contains("larger than 32 MiB", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_list_that_repeats_itself_is_given_up()
    {
        answer = c => WriteAsync(c, 200, c.Request.Path.Value!.EndsWith("Config", StringComparison.Ordinal) ? "{}" : $$"""{"totalResults":5,"Resources":[{{User}}]}""");
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().ListUsersAsync(default));
        Assert.Contains("startIndex is ignored: the same users come again, 1 of 5", e.Message, StringComparison.Ordinal);
        Assert.True(calls.Count < 6, $"{calls.Count} calls");
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task An_id_that_would_point_elsewhere_is_never_called(string id)
    {
        answer = c => WriteAsync(c, 200, "{}");
        Assert.Equal(BackendError.InvalidAnswer, (await Assert.ThrowsAsync<BackendException>(() => Driver().DeleteUserAsync(id, default))).Error);
        Assert.Equal(BackendError.InvalidAnswer, (await Assert.ThrowsAsync<BackendException>(() => Driver().UpdateUserAsync(id, new UserPatch(Active: false), null, default))).Error);
        Assert.DoesNotContain("DELETE", calls);
        Assert.DoesNotContain("PATCH", calls);
    }

    [Fact]
    public async Task A_change_that_is_accepted_and_not_carried_out_is_a_refusal()
    {
        answer = c => WriteAsync(c, 200, c.Request.Path.Value!.EndsWith("Config", StringComparison.Ordinal) ? "{}" : User);
        foreach (var (patch, says) in new[]
        {
            (new UserPatch(UserType: UserType.Admin), "the user is still Member, not Admin. Check the Account's spec.scim.userType"),
            (new UserPatch(Active: false), "the user is still active"),
            (new UserPatch(DisplayName: "Ann"), "displayName is still \"\""),
        })
        {
            var e = await Assert.ThrowsAsync<BackendException>(() => Driver().UpdateUserAsync("1", patch, null, default));
            Assert.Equal((BackendError.Refused, true), (e.Error, e.Message.EndsWith(says, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(400, "invalidValue", BackendError.Refused)]
    [InlineData(400, "uniqueness", BackendError.EmailConflict)]
    [InlineData(401, null, BackendError.Unauthorized)]
    [InlineData(403, null, BackendError.Refused)]
    [InlineData(404, null, BackendError.NotFound)]
    [InlineData(409, "mutability", BackendError.Refused)]
    [InlineData(412, null, BackendError.VersionConflict)]
    [InlineData(413, null, BackendError.Refused)]
    [InlineData(429, null, BackendError.RateLimited)]
    [InlineData(500, null, BackendError.Unreachable)]
    [InlineData(503, null, BackendError.Unreachable)]
    [InlineData(302, null, BackendError.InvalidAnswer)]
    public async Task A_refusal_keeps_the_providers_words_and_loses_the_token(int status, string? type, BackendError error)
    {
        var scimType = type is null ? "" : $",\"scimType\":\"{type}\"";
        answer = c =>
        {
            c.Response.Headers.RetryAfter = "7";
            return c.Request.Method == "PATCH" ? WriteAsync(c, status, $$"""{"detail":"Not with {{Token}}, Ann."{{scimType}}}""") : WriteAsync(c, 200, "{}");
        };
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().UpdateUserAsync("1", new UserPatch(Active: false), null, default));
        Assert.Equal(error, e.Error);
        Assert.Equal($"PATCH /Users/1: the service provider answered {status}{(type is null ? "" : " " + type)}: Not with [credential], Ann", e.Message);
        Assert.Equal(TimeSpan.FromSeconds(7), e.RetryAfter);
    }

    private static string List(string user) => $$"""{"totalResults":1,"Resources":[{{user}}]}""";

    private static Task WriteAsync(HttpContext context, int status, string body, string type = "application/scim+json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    private ScimDriver Driver() => new(
        new DriverConnection(http, new Uri(app!.Urls.Single()), Token, new AccountGate(TimeProvider.System, new Random(1)), TimeProvider.System, TimeSpan.FromSeconds(20)),
        new UserTypeMapping(null));
}
