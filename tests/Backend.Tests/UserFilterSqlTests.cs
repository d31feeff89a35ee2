using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;
using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Hosting;

namespace ScimOperator.Backend.Tests;

/// <summary>What a store decides about filters is what evaluating them on each user decides.</summary>
public sealed class UserFilterSqlTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Texts = ["a", "A", "ab", "aB", "b", "ä", "Ä", "a_b", "a%b", "a@x.test", "z", "\uD83D\uDE00", "\uD83D\uDE00a", "work", "home", ""];
    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

    private static readonly string[] Times =
        ["2026-08-01T12:00:00Z", "2026-08-01T12:00:00.002Z", "2026-08-01T12:00:00.0025Z", "2026-08-01T14:00:00.003+02:00", "1999-01-01T00:00:00Z", "soon"];

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Random_filters_select_the_same_in_the_store_and_out_of_it(StoreKind kind)
    {
        await using var world = await TestBackend.StartAsync(kind);
        await using var store = kind == StoreKind.Postgres
            ? StoreOpening.Open(world.Options, Now)
            : StoreOpening.Open(world.Options with { Data = kind == StoreKind.File ? world.Options.Data : ":memory:" }, Now);
        var random = new Random(20260801);
        var users = await store.WriteAsync(s => Populate(s, random));
        var resources = await store.ReadAsync(s => ScimUsers.Resources(s, s.Users.Page(0, 1000), "http://x/scim/v2"));
        var decided = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var text = Filter(random, 3);
            var filter = FilterParser.Parse(text);
            var sql = UserFilterSql.Of(filter);
            var expected = resources.Where(r => FilterEvaluator.Matches(r, filter, UserSchemas.Type)).Select(Id).ToList();

            var selected = (await store.ReadAsync(s => s.Users.Where(sql.Where, sql.Values, 0, 1000))).Select(u => u.Id).ToList();

            decided += sql.Exact ? 1 : 0;
            Assert.True(sql.Exact ? expected.SequenceEqual(selected) : !expected.Except(selected).Any(), $"{text}\n{sql.Where}\n{string.Join(' ', sql.Values)}");
        }

        // Neither kind may be the only one that was tried.
        Assert.InRange(decided, 500, 2_500);
        Assert.True(users > 100);
    }

    [Theory]
    [InlineData("userName eq \"a\\u0000b\"")]
    [InlineData("externalId sw \"\\u0000\"")]
    [InlineData("emails[value co \"\\uFFFD\"]")]
    public void What_a_store_may_not_hold_is_not_asked_of_it(string filter) => Assert.False(UserFilterSql.Of(FilterParser.Parse(filter)).Exact);

    private static int Populate(StoreSession session, Random random)
    {
        for (var i = 0; i < 150; i++)
        {
            var emails = Enumerable.Range(0, random.Next(4)).Select(n => (JsonNode)Email(random, n == 0)).ToArray();
            var attributes = emails.Length > 0 ? new JsonObject { ["emails"] = new JsonArray(emails) } : [];
            if (random.Next(2) == 0)
            {
                attributes["title"] = Pick(random, Texts[..^1]);
            }

            var name = $"{Pick(random, Texts)}{i}{Pick(random, Texts)}";
            UserChanges.Create(
                session,
                UserRecord.Draft(name, Pick(random, Enum.GetValues<UserType>()), random.Next(3) > 0) with
                {
                    ExternalId = random.Next(3) == 0 ? null : Pick(random, Texts[..^1]) + Pick(random, Texts),
                    Attributes = attributes.Count > 0 ? attributes.ToJsonString() : null,
                },
                "test",
                Now.AddMilliseconds(i % 5));
        }

        return (int)session.Users.Count();
    }

    private static JsonObject Email(Random random, bool primary)
    {
        var email = new JsonObject();
        if (random.Next(6) > 0)
        {
            email["value"] = Pick(random, Texts[..^1]) + Pick(random, Texts);
        }

        if (random.Next(3) > 0)
        {
            email["type"] = Pick(random, ["work", "home", "Work"]);
        }

        email["primary"] = primary;
        return email;
    }

    private static string Filter(Random random, int depth) => (depth == 0 ? 9 : random.Next(10)) switch
    {
        0 or 1 => $"({Filter(random, depth - 1)} and {Filter(random, depth - 1)})",
        2 or 3 => $"({Filter(random, depth - 1)} or {Filter(random, depth - 1)})",
        4 => $"not ({Filter(random, depth - 1)})",
        5 => $"emails[{Inner(random, 2)}]",
        _ => Term(random),
    };

    private static string Inner(Random random, int depth) => (depth == 0 ? 9 : random.Next(8)) switch
    {
        0 => $"({Inner(random, depth - 1)} and {Inner(random, depth - 1)})",
        1 => $"({Inner(random, depth - 1)} or {Inner(random, depth - 1)})",
        2 => $"not ({Inner(random, depth - 1)})",
        3 => "primary eq true",
        _ => $"{Pick(random, ["value", "type"])} {Pick(random, Operators)} {Quoted(Pick(random, Texts))}",
    };

    private static string Term(Random random) => random.Next(8) switch
    {
        0 => $"active {Pick(random, ["eq", "ne", "co"])} {Pick(random, ["true", "false", "\"True\"", "\"maybe\""])}",
        1 => $"{Pick(random, ["userName", "externalId", "title", "active", "userType", "nickName", "id"])} pr",
        2 => $"{Pick(random, ["externalId", "userName", "title", "emails"])} {Pick(random, ["eq", "ne"])} null",
        3 => $"userType {Pick(random, Operators)} {Quoted(Pick(random, ["Admin", "member", "Guest", "Boss", "M"]))}",
        4 => $"meta.{Pick(random, ["created", "lastModified"])} {Pick(random, ["eq", "ne", "gt", "ge", "lt", "le"])} {Quoted(Pick(random, Times))}",
        _ => $"{Pick(random, ["userName", "externalId", "emails", "emails.value", "emails.type", "title"])} {Pick(random, Operators)} {Quoted(Pick(random, Texts))}",
    };

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static string Id(JsonObject resource) => resource["id"]!.GetValue<string>();

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
