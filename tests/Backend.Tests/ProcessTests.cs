using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Tests;

public sealed class ProcessTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task A_crash_in_the_middle_of_writes_loses_nothing_that_was_acknowledged(StoreKind kind)
    {
        using var folder = new TestFolder();
        var store = await BackendProcess.StoreAsync(folder, kind);
        var acknowledged = new ConcurrentDictionary<string, string>();
        using (var first = await BackendProcess.StartAsync(folder, store))
        {
            var alice = await IdOfAliceAsync(first.Admin);
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 8).Select(w => WriteUntilCutOffAsync(first.Admin, alice, acknowledged, enough)).ToList();
            await enough.Task;
            await first.KillAsync();
            await Task.WhenAll(writers);
        }

        using var second = await BackendProcess.StartAsync(folder, store);
        var stored = await AllTokensAsync(second.Admin);
        Assert.True(acknowledged.Count >= 300);
        Assert.Empty(acknowledged.Keys.Except(stored));
        using var scim = new HttpClient { BaseAddress = second.Url };
        scim.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", acknowledged.Values.Last());
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task It_says_where_it_listens_ends_on_sigterm_and_logs_no_secret_even_at_debug(StoreKind kind)
    {
        using var folder = new TestFolder();
        var store = await BackendProcess.StoreAsync(folder, kind);
        var ready = folder.File("ready");
        using var backend = await BackendProcess.StartAsync(folder, [.. store, "--ready-file", ready, "--log-level", "Debug"]);
        Assert.Equal(backend.Url, new Uri((await File.ReadAllTextAsync(ready)).Trim()));
        var alice = await IdOfAliceAsync(backend.Admin);
        var token = await MintAsync(backend.Admin, alice);
        using var scim = new HttpClient { BaseAddress = backend.Url };
        scim.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.String("value"));
        await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users");
        await TestBackend.SendAsync(scim, HttpMethod.Post, "/scim/v2/Users", "{");

        Assert.Equal(0, await backend.TerminateAsync());

        Assert.Contains("/scim/v2/Users", backend.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token.String("value"), backend.Output, StringComparison.Ordinal);
        Assert.DoesNotContain((await File.ReadAllTextAsync(folder.File("credential"))).Trim(), backend.Output, StringComparison.Ordinal);
        if (kind == StoreKind.Postgres)
        {
            Assert.DoesNotContain((await TestPostgres.Shared).Password, backend.Output, StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task Both_doors_work_in_the_program_as_it_is_shipped(StoreKind kind)
    {
        using var folder = new TestFolder();
        var store = await BackendProcess.StoreAsync(folder, kind);
        using var backend = await BackendProcess.StartAsync(folder, [.. store, "--credential-admin", "bob@acme.test"]);
        var alice = await IdOfAliceAsync(backend.Admin);
        using var scim = new HttpClient { BaseAddress = backend.Url };
        scim.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await MintAsync(backend.Admin, alice)).String("value"));

        var created = await TestBackend.SendAsync(scim, HttpMethod.Post, "/scim/v2/Users", """
            {"userName":"c@acme.test","name":{"givenName":"C"},"emails":[{"value":"c@acme.test","type":"work"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}
            """);
        var path = "/scim/v2/Users/" + created.Expect(HttpStatusCode.Created).String("id");
        var patched = await TestBackend.SendAsync(scim, HttpMethod.Patch, path, """
            {"Operations":[{"op":"Replace","path":"emails[type eq \"work\"].value","value":"d@acme.test"},{"op":"add","value":{"active":"False"}}]}
            """);
        var filter = Uri.EscapeDataString("emails[type eq \"work\"].value eq \"d@acme.test\" and active eq false and meta.created gt \"2000-01-01T00:00:00Z\"");
        var found = await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users?attributes=userName&filter=" + filter);
        var refused = await TestBackend.SendAsync(scim, HttpMethod.Delete, "/scim/v2/Users/" + alice);

        patched.Expect(HttpStatusCode.OK);
        Assert.Equal("c@acme.test", found.Expect(HttpStatusCode.OK).Body!["Resources"]!.AsArray().Single()!["userName"]!.GetValue<string>());
        refused.Expect(HttpStatusCode.Conflict);
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Patch, "/api/v1/users/" + alice, """{"active":false}"""))
            .Expect(HttpStatusCode.Conflict, "admin_holds_scim_token");
        foreach (var read in (string[])["/api/v1/account", "/api/v1/users", "/api/v1/scim-tokens", "/api/v1/audit-events", "/scim/v2/Schemas", "/scim/v2/ServiceProviderConfig"])
        {
            (await TestBackend.SendAsync(backend.Admin, HttpMethod.Get, read)).Expect(HttpStatusCode.OK);
        }

    }

    [Theory]
    [InlineData(2, "--plan", "Gold")]
    [InlineData(1, "--data", "/no/such/folder/account.db")]
    [InlineData(1, "--listen", "192.0.2.1:1")]
    public async Task A_start_that_cannot_be_ends_with_a_message_and_no_stack(int exitCode, string option, string value)
    {
        using var folder = new TestFolder();
        using var process = BackendProcess.Run("--credential-file", folder.File("c"), option, value);
        var output = process.StandardOutput.ReadToEndAsync();
        var message = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(exitCode, process.ExitCode);
        Assert.StartsWith("scim-backend: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", message + await output, StringComparison.Ordinal);
    }

    private static async Task WriteUntilCutOffAsync(
        HttpClient admin, string owner, ConcurrentDictionary<string, string> acknowledged, TaskCompletionSource enough)
    {
        try
        {
            while (true)
            {
                var token = await MintAsync(admin, owner);
                acknowledged[token.String("id")] = token.String("value");
                if (acknowledged.Count >= 300)
                {
                    enough.TrySetResult();
                }
            }
        }
        catch (HttpRequestException)
        {
            // The cut: this request was not acknowledged.
        }
    }

    private static async Task<Reply> MintAsync(HttpClient admin, string owner) =>
        (await TestBackend.SendAsync(admin, HttpMethod.Post, "/api/v1/scim-tokens", $$"""{"ownerId":"{{owner}}","description":"d"}""")).Expect(HttpStatusCode.Created);

    private static async Task<string> IdOfAliceAsync(HttpClient admin) =>
        (await TestBackend.SendAsync(admin, HttpMethod.Get, "/api/v1/users?email=alice@acme.test")).Items[0]!["id"]!.GetValue<string>();

    private static async Task<HashSet<string>> AllTokensAsync(HttpClient admin)
    {
        var ids = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await TestBackend.SendAsync(admin, HttpMethod.Get, "/api/v1/scim-tokens?limit=1000" + (cursor is null ? "" : "&cursor=" + cursor));
            ids.UnionWith(page.Items.Select(t => t!["id"]!.GetValue<string>()));
            cursor = ((JsonObject)page.Body!)["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return ids;
    }
}
