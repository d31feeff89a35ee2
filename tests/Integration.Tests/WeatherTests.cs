using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>
/// A day of backend weather in a minute or two: under each kind people go on editing manifests and the account, an identity provider goes
/// on calling, and in the end everything is as declared and nobody was touched who is not.
/// </summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class WeatherTests(OwnPlaneFixture fixture)
{
    /// <summary>Calls that each kind must spoil before the next one comes.</summary>
    private const int SpoiltPerKind = 3;
    private const int Bystanders = 40;

    [SkippableFact]
    public async Task Everything_is_as_declared_after_the_weather_and_nobody_else_was_ever_written()
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        await using var proxy = await BackendProxy.StartAsync(backend);
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend, proxy.Url);
        (await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"resyncInterval":"5s"}""")).Succeeded();
        foreach (var token in new[] { "okta", "entra" })
        {
            (await tenant.CreateTokenAsync(token, "alice", ""","rotation":{"overlap":"1s"}""")).Succeeded();
            await tenant.WaitReadyAsync(Tenant.Tokens, token);
        }

        var bystanders = await BystandersAsync(backend);
        var declared = new Dictionary<string, JsonObject>();
        await using var idp = IdentityProvider.Start(tenant, backend, "okta-scim", "entra-scim");
        var day = 0;
        foreach (var (name, make) in Weather.Kinds)
        {
            var weather = make();
            proxy.Weather = weather;
            await LiveADayAsync(tenant, backend, declared, day++);
            await Eventually.HoldsAsync(() => weather.Spoilt >= SpoiltPerKind ? null : $"{weather.Spoilt} calls spoilt", $"the operator has met {name}");
            proxy.Weather = null;
            await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        }

        await AsDeclaredAsync(tenant, backend, declared);
        await NobodyElseAsync(backend, proxy, declared, bystanders);
        await OneTokenEachAsync(tenant, backend);
        await idp.StopAsync();
        Assert.Empty(idp.Refused);
        Assert.NotEqual(0, idp.Accepted);
    }

    /// <summary>Somebody joins, somebody changes, somebody edits the account by hand, and a token is rotated.</summary>
    private static async Task LiveADayAsync(Tenant tenant, BackendProcess backend, Dictionary<string, JsonObject> declared, int day)
    {
        var joiner = $"joiner-{day}";
        declared[joiner] = new JsonObject { ["userType"] = "Member", ["active"] = true };
        (await tenant.CreateUserAsync(joiner, "Member")).Succeeded();
        if (day > 0)
        {
            var mover = $"joiner-{day - 1}";
            declared[mover] = new JsonObject { ["userType"] = day % 2 == 0 ? "Guest" : "Viewer", ["active"] = day % 3 != 0 };
            (await tenant.PatchSpecAsync(Tenant.Users, mover, declared[mover].ToJsonString())).Succeeded();
        }

        var drifted = (await backend.UserAsync("bob"))["id"]!.GetValue<string>();
        (await backend.PatchAsync($"/api/v1/users/{drifted}", """{"active":false}""")).Succeeded();
        var token = day % 2 == 0 ? "okta" : "entra";
        (await tenant.Kube.MergeAsync(
            tenant.Path(Tenant.Tokens, token), $$$$"""{"metadata":{"annotations":{"scim-operator.io/rotate-requested-at":"day-{{{{day}}}}"}}}""")).Succeeded();
    }

    private static async Task<Dictionary<string, string>> BystandersAsync(BackendProcess backend)
    {
        var made = new Dictionary<string, string>();
        foreach (var n in Enumerable.Range(0, Bystanders))
        {
            var type = new[] { "Admin", "Member", "Viewer", "Guest" }[n % 4];
            var user = (await backend.PostAsync("/api/v1/users", $$"""{"email":"bystander-{{n}}@acme.test","userType":"{{type}}"}""")).Succeeded().Body;
            made[user["id"]!.GetValue<string>()] = user.ToJsonString();
        }

        return made;
    }

    private static async Task AsDeclaredAsync(Tenant tenant, BackendProcess backend, Dictionary<string, JsonObject> declared)
    {
        declared["alice"] = new JsonObject { ["userType"] = "Admin", ["active"] = true };
        declared["bob"] = new JsonObject { ["userType"] = "Admin", ["active"] = true };
        foreach (var (name, spec) in declared)
        {
            await Eventually.HoldsAsync(
                async () => (await backend.GetAsync($"/api/v1/users?email={Uri.EscapeDataString(Tenant.Email(name))}")).Succeeded().Body["items"]!.AsArray() is [{ } user]
                    && spec.All(field => JsonNode.DeepEquals(user[field.Key], field.Value)) ? null : "not yet",
                $"{name} is {spec.ToJsonString()} at the account");
            await tenant.WaitReadyAsync(Tenant.Users, name);
        }
    }

    private static async Task NobodyElseAsync(BackendProcess backend, BackendProxy proxy, Dictionary<string, JsonObject> declared, Dictionary<string, string> bystanders)
    {
        foreach (var (id, before) in bystanders)
        {
            Assert.Equal(before, (await backend.GetAsync($"/api/v1/users/{id}")).Succeeded().Body.ToJsonString());
            Assert.DoesNotContain(proxy.Calls, call => !call.StartsWith("GET ", StringComparison.Ordinal) && call.Contains(id, StringComparison.Ordinal));
        }

        var all = (await backend.GetAsync("/api/v1/users?limit=1000")).Succeeded().Body["items"]!.AsArray();
        Assert.Equal(bystanders.Count + declared.Count, all.Count);
        Assert.DoesNotContain(proxy.Calls, call => call.StartsWith("DELETE /api/v1/users", StringComparison.Ordinal));
    }

    private static async Task OneTokenEachAsync(Tenant tenant, BackendProcess backend)
    {
        foreach (var token in new[] { "okta", "entra" })
        {
            await Eventually.HoldsAsync(async () =>
            {
                var status = (await tenant.GetAsync(Tenant.Tokens, token))["status"]!;
                var condition = Tenant.Condition((await tenant.GetAsync(Tenant.Tokens, token))!, "Ready");
                return condition?["status"]?.GetValue<string>() == "True" && status["tokens"]!.AsArray().Count == 1 ? null : status.ToJsonString();
            }, $"{token} is Ready with one token");
        }

        Assert.Equal(2, (await backend.TokensAsync()).Count);
    }

    /// <summary>Reads the Secrets as they are at each moment and calls the account with their tokens, past the weather.</summary>
    private sealed class IdentityProvider : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private Task calling = Task.CompletedTask;
        private int accepted;

        internal ConcurrentQueue<string> Refused { get; } = new();

        internal int Accepted => Volatile.Read(ref accepted);

        internal static IdentityProvider Start(Tenant tenant, BackendProcess backend, params string[] secrets)
        {
            var idp = new IdentityProvider();
            idp.calling = Task.WhenAll(secrets.Select(secret => Task.Run(() => idp.CallAsync(tenant, backend, secret))));
            return idp;
        }

        internal async Task StopAsync()
        {
            await stop.CancelAsync();
            await calling;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            stop.Dispose();
        }

        private async Task CallAsync(Tenant tenant, BackendProcess backend, string secret)
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!stop.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None))
            {
                var token = await tenant.TokenValueAsync(secret);
                var answer = await backend.UseAsync(token);
                if (answer == HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref accepted);
                }
                else if (await tenant.TokenValueAsync(secret) == token)
                {
                    // Still the one in the Secret: no excuse.
                    Refused.Enqueue($"{secret}: {answer}");
                }
            }
        }
    }
}
