using System.Net;
using System.Text.Json.Nodes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>Two clients that declare the same person at the same instant, under two names and with two display names.</summary>
internal sealed class EmailClaims(Tenant tenant, BackendProcess backend)
{
    internal async Task RaceAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await RoundAsync($"person-{round}");
        }
    }

    private async Task RoundAsync(string person)
    {
        string[] names = [$"{person}-a", $"{person}-b"];
        var answers = await Task.WhenAll(names.Select(name => Task.Run(() => DeclareAsync(name, person))));
        Assert.Contains(answers, answer => answer.Ok);
        Assert.All(answers.Where(answer => !answer.Ok), denied =>
        {
            Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
            Assert.Contains($"already declares {Tenant.Email(person)}", denied.Message, StringComparison.Ordinal);
        });
        var declared = names.Where((_, i) => answers[i].Ok).ToList();
        var winner = await SettledAsync(declared);
        var user = await backend.UserAsync(person);
        Assert.Equal(winner, user["displayName"]!.GetValue<string>());
        Assert.Equal([winner], await NamesWrittenAsync(user["id"]!.GetValue<string>()));
    }

    private Task<Answer> DeclareAsync(string name, string person) => tenant.Kube.PostAsync(
        tenant.Path(Tenant.Users),
        Tenant.UserManifest(name, "Viewer", $$""","displayName":"{{name}}" """).Replace(Tenant.Email(name), Tenant.Email(person), StringComparison.Ordinal));

    /// <summary>Waits until one is Ready and any other says EmailClaimed; returns that one.</summary>
    private async Task<string> SettledAsync(List<string> names)
    {
        var winner = "";
        await Eventually.HoldsAsync(async () =>
        {
            var reasons = new Dictionary<string, string?>();
            foreach (var name in names)
            {
                reasons[name] = Tenant.Condition(await tenant.GetAsync(Tenant.Users, name), "Ready")?["reason"]?.GetValue<string>();
            }

            var ready = reasons.Where(entry => entry.Value == "UpToDate").Select(entry => entry.Key).ToList();
            winner = ready is [var only] ? only : "";
            var settled = winner.Length > 0 && reasons.Values.Count(reason => reason == "EmailClaimed") == names.Count - 1;
            return settled ? null : string.Join(", ", reasons);
        }, "one has the user, and the other says EmailClaimed");
        return winner;
    }

    /// <summary>Every display name the account ever had for the user, by its own record.</summary>
    private async Task<IReadOnlyList<string>> NamesWrittenAsync(string userId)
    {
        var events = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await backend.GetAsync($"/api/v1/audit-events?limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}")).Succeeded().Body;
            events.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return
        [
            .. events.Where(entry => entry["targetId"]!.GetValue<string>() == userId)
                .Select(entry => entry["after"]?["displayName"]?.GetValue<string>()).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
    }
}
