using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Drivers;
using ScimOperator.Drivers.AccountApi;

namespace ScimOperator.Cli.Tests;

public sealed class SnapshotTests
{
    private const string Credential = "cred-3f9a1c";
    private const string Account = """{"id":"acc_1","plan":"Enterprise","credential":{"name":"default","adminUserId":"usr_2"}}""";
    private readonly FakeTimeProvider time = new(CliRun.Now) { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task Reads_every_page_and_sends_the_credential()
    {
        using var account = new StubAccount(request =>
        {
            Assert.Equal($"Bearer {Credential}", request.Headers.Authorization!.ToString());
            return Answer(request.RequestUri!.PathAndQuery);
        });
        var snapshot = await ReadAsync(account);
        Assert.Equal(["a@x.com", "b@x.com"], snapshot.Users!.Select(u => u.Email));
        Assert.Equal(("usr_2", "acme", CliRun.Now), (snapshot.CredentialAdminId, snapshot.Account, snapshot.TakenAt));
        Assert.Equal("tok_1", Assert.Single(snapshot.Tokens!).Id);
        Assert.Equal(["/base/api/v1/account", "/base/api/v1/users?limit=1000", "/base/api/v1/users?limit=1000&cursor=p%262", "/base/api/v1/scim-tokens?limit=1000"], account.Calls);
    }

    [Fact]
    public async Task Waits_as_long_as_a_busy_account_asks()
    {
        var refused = false;
        using var account = new StubAccount(request =>
        {
            if (refused)
            {
                return Answer(request.RequestUri!.PathAndQuery);
            }

            refused = true;
            var busy = StubAccount.Json("{}", HttpStatusCode.TooManyRequests);
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
            return busy;
        });
        var reading = ReadAsync(account);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await reading).Users!.Count);
    }

    [Theory]
    [InlineData(401, "{\"code\":\"unauthorized\",\"detail\":\"no such credential cred-3f9a1c\"}", "answered 401 unauthorized: no such credential [credential]. Check --credential-file.")]
    [InlineData(404, "<html>", "answered 404. Check --url.")]
    [InlineData(302, "", "answered 302. Check --url.")]
    [InlineData(200, "<html>", "the body is not the JSON expected (at $)")]
    [InlineData(200, "null", "the body is empty. Check --url.")]
    [InlineData(200, "{\"credential\": 5}", "the body is not the JSON expected (at $.credential)")]
    public async Task Says_what_went_wrong_without_the_credential(int status, string body, string message)
    {
        using var account = new StubAccount(_ => StubAccount.Json(body, (HttpStatusCode)status));
        var e = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(account));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Credential, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"items\":[{\"id\":\"usr_1\",\"email\":\"a@x.com\",\"userType\":\"Owner\",\"active\":true}]}")]
    [InlineData("{\"items\":[{\"id\":\"usr_1\",\"email\":\"a@x.com\",\"userType\":\"Admin\"}]}")]
    [InlineData("{}")]
    public async Task Refuses_users_it_does_not_understand(string users)
    {
        using var account = new StubAccount(request => StubAccount.Json(request.RequestUri!.AbsolutePath.EndsWith("users", StringComparison.Ordinal) ? users : Account));
        await Assert.ThrowsAsync<ApiException>(() => ReadAsync(account));
    }

    [Fact]
    public async Task A_list_that_does_not_advance_is_given_up()
    {
        using var account = new StubAccount(_ => StubAccount.Json(Account[..^1] + ",\"items\":[],\"nextCursor\":\"again\"}"));
        Assert.Contains("nextCursor does not advance", (await Assert.ThrowsAsync<ApiException>(() => ReadAsync(account))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://acme.example.com", "acme", "ok", "--url takes the account's base URL")]
    [InlineData("https://user:pw@acme.example.com", "acme", "ok", "--url takes the account's base URL")]
    [InlineData("https://acme.example.com", "a/b/c", "ok", "--account takes the name")]
    [InlineData("https://acme.example.com", "acme", "two words", "must hold one bearer credential")]
    [InlineData("https://acme.example.com", "acme", "", "must hold one bearer credential")]
    [InlineData("https://acme.example.com", "acme", null, "can't be read")]
    public async Task Refuses_wrong_options(string url, string account, string? credential, string message)
    {
        using var folder = new TemporaryFolder();
        if (credential is not null)
        {
            folder.Write("credential", credential);
        }

        var run = await CliRun.InAsync(folder.Path, "", "snapshot", "--url", url, "--account", account, "--credential-file", "credential");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_an_error_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("credential", Credential);
        var run = await CliRun.InAsync(folder.Path, "", "snapshot", "--url", "http://127.0.0.1:1", "--account", "acme", "--credential-file", "credential", "-o", "out.json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("GET /api/v1/account: no connection to 127.0.0.1:1", run.Error, StringComparison.Ordinal);
        Assert.Equal(["credential"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("{", "this is no snapshot")]
    [InlineData("[]", "this is no snapshot")]
    [InlineData("null", "the snapshot's version is 0")]
    [InlineData("{\"version\":2}", "the snapshot's version is 2")]
    [InlineData("{\"version\":1}", "does not say which account")]
    [InlineData("{\"version\":1,\"account\":\"acme\"}", "does not say when it was taken")]
    [InlineData("{\"version\":1,\"account\":\"acme\",\"takenAt\":\"2026-08-20T00:00:00Z\"}", "lacks the account's users or tokens")]
    [InlineData("{\"version\":1,\"account\":\"acme\",\"takenAt\":\"2026-08-20T00:00:00Z\",\"users\":[null],\"tokens\":[]}", "an empty user or token")]
    [InlineData("{\"version\":1,\"account\":\"acme\",\"takenAt\":\"2026-08-21T00:00:00Z\",\"users\":[],\"tokens\":[]}", "taken in the future")]
    [InlineData("{\"version\":1,\"account\":\"acme\",\"takenAt\":\"2026-08-20T00:00:00Z\",\"users\":[{\"id\":\"1\"}],\"tokens\":[]}", "this is no snapshot (at $")]
    [InlineData(null, "the snapshot can't be read")]
    public async Task A_snapshot_that_is_none_is_bad_input(string? content, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("m/a.yaml", "a: 1\n");
        if (content is not null)
        {
            folder.Write("s.json", content);
        }

        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "m", "--head", "m", "--snapshot", "s.json");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  s.json:1:", run.Output, StringComparison.Ordinal);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Answer(string path) => path switch
    {
        "/base/api/v1/account" => StubAccount.Json(Account),
        "/base/api/v1/users?limit=1000" => StubAccount.Json("{\"items\":[{\"id\":\"usr_2\",\"email\":\"b@x.com\",\"userType\":\"Admin\",\"active\":true,\"version\":3}],\"nextCursor\":\"p&2\"}"),
        "/base/api/v1/users?limit=1000&cursor=p%262" => StubAccount.Json("{\"items\":[{\"id\":\"usr_1\",\"email\":\"a@x.com\",\"userType\":\"Guest\",\"active\":false}]}"),
        _ => StubAccount.Json("{\"items\":[{\"id\":\"tok_1\",\"ownerId\":\"usr_2\",\"description\":\"okta\",\"lastFour\":\"abcd\",\"createdAt\":\"2026-01-01T00:00:00Z\"}]}"),
    };

    private async Task<AccountSnapshot> ReadAsync(StubAccount account)
    {
        using var http = new HttpClient(new PatientHandler(account, time), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var url = new Uri("https://acme.example.com/base");
        var driver = new AccountApiDriver(new DriverConnection(http, url, Credential, new AccountGate(time, new Random(1)), time, PatientHandler.LongestCall));
        return await new AccountReader(driver, url, time).ReadAsync(null, "acme", CancellationToken.None);
    }
}
