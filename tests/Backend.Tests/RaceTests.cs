using System.Net;

namespace ScimOperator.Backend.Tests;

public sealed class RaceTests
{
    private const int Workers = 8;
    private const int Rounds = 300;

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_token_racing_the_removal_of_its_owner_leaves_exactly_one_of_them_refused(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var idp = (await backend.MintAsync(await backend.BobAsync())).String("value");
        var minted = await Task.WhenAll(Enumerable.Range(0, Workers).Select(w => RaceAsync(backend, idp, w)));

        // Both outcomes must have been seen, or the race was none.
        Assert.InRange(minted.Sum(), 1, (Workers * Rounds) - 1);
        await AssertNoTokenWithoutAdminAsync(backend);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Two_admins_who_leave_at_once_leave_one_behind(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        string[] admins = [await backend.AliceAsync(), await backend.BobAsync()];
        for (var round = 0; round < Rounds; round++)
        {
            var replies = await Task.WhenAll(admins.Select(id => backend.PatchAsync("/api/v1/users/" + id, """{"active":false}""")));

            Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
            Assert.Single(replies, r => r.Code == "last_admin");
            foreach (var id in admins)
            {
                (await backend.PatchAsync("/api/v1/users/" + id, """{"active":true}""")).Expect(HttpStatusCode.OK);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task One_of_many_equal_requests_gets_the_reference_the_email_and_the_last_free_token(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { MaxTokens = 1 });
        var alice = await backend.AliceAsync();
        for (var round = 0; round < 50; round++)
        {
            var tokens = await Task.WhenAll(Enumerable.Range(0, Workers).Select(i =>
                backend.MintAsync(alice, more: i % 2 == 0 ? $",\"reference\":\"r{round}\"" : "")));
            var users = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ =>
                backend.PostAsync("/api/v1/users", $$"""{"email":"u{{round}}@acme.test"}""")));

            var winner = Assert.Single(tokens, r => r.Status == HttpStatusCode.Created);
            Assert.All(tokens.Where(t => t != winner), t => Assert.Contains(t.Code, (string[])["token_limit_reached", "reference_conflict"]));
            Assert.Single(users, r => r.Status == HttpStatusCode.Created);
            await backend.DeleteAsync("/api/v1/scim-tokens/" + winner.String("id"));
        }
    }

    // Returns how often the token won.
    private static async Task<int> RaceAsync(TestBackend backend, string idp, int worker)
    {
        var random = new Random(20260801 + worker);
        var scim = backend.Client(idp);
        var admin = backend.Client(backend.Credential);
        var email = $"racer{worker}@acme.test";
        var wins = 0;
        var id = await backend.CreateUserAsync(email, "Admin");
        for (var round = 0; round < Rounds; round++)
        {
            var mint = () => TestBackend.SendAsync(
                admin, HttpMethod.Post, "/api/v1/scim-tokens", $$"""{"ownerId":"{{id}}","description":"race"}""");
            var shape = random.Next(5);
            var remove = () => RemoveAsync(admin, scim, id, shape);
            var replies = random.Next(2) == 0 ? await Both(mint, remove) : Enumerable.Reverse(await Both(remove, mint)).ToArray();

            var won = replies[0].Status == HttpStatusCode.Created;
            Assert.True(won != ((int)replies[1].Status is 200 or 204), $"shape {shape}: {replies[0].Text} and {replies[1].Text}");
            if (won)
            {
                wins++;
                await TestBackend.SendAsync(admin, HttpMethod.Delete, "/api/v1/scim-tokens/" + replies[0].String("id"));
            }
            else
            {
                id = await RestoreAsync(backend, id, email, replies[1].Status == HttpStatusCode.NoContent);
            }
        }

        return wins;
    }

    private static Task<Reply[]> Both(Func<Task<Reply>> first, Func<Task<Reply>> second) => Task.WhenAll(first(), second());

    private static Task<Reply> RemoveAsync(HttpClient admin, HttpClient scim, string id, int shape) => shape switch
    {
        0 => TestBackend.SendAsync(admin, HttpMethod.Patch, "/api/v1/users/" + id, """{"userType":"Member"}"""),
        1 => TestBackend.SendAsync(admin, HttpMethod.Patch, "/api/v1/users/" + id, """{"active":false}"""),
        2 => TestBackend.SendAsync(admin, HttpMethod.Delete, "/api/v1/users/" + id),
        3 => TestBackend.SendAsync(scim, HttpMethod.Patch, "/scim/v2/Users/" + id, """{"Operations":[{"op":"replace","value":{"active":false}}]}"""),
        _ => TestBackend.SendAsync(scim, HttpMethod.Delete, "/scim/v2/Users/" + id),
    };

    private static async Task<string> RestoreAsync(TestBackend backend, string id, string email, bool deleted)
    {
        if (deleted)
        {
            return await backend.CreateUserAsync(email, "Admin");
        }

        (await backend.PatchAsync("/api/v1/users/" + id, """{"userType":"Admin","active":true}""")).Expect(HttpStatusCode.OK);
        return id;
    }

    private static async Task AssertNoTokenWithoutAdminAsync(TestBackend backend)
    {
        var users = (await backend.GetAsync("/api/v1/users?limit=1000")).Items
            .ToDictionary(u => u!["id"]!.GetValue<string>(), u => u!["userType"]!.GetValue<string>() == "Admin" && u["active"]!.GetValue<bool>());
        var owners = (await backend.GetAsync("/api/v1/scim-tokens?limit=1000")).Items.Select(t => t!["ownerId"]!.GetValue<string>());
        Assert.All(owners, owner => Assert.True(users[owner]));
    }
}
