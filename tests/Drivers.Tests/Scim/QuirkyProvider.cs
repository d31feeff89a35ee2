using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>A small service provider on Kestrel that has one quirk.</summary>
internal sealed class QuirkyProvider : IProvider
{
    private const int ShortPage = 3;
    private readonly WebApplication app;
    private readonly Quirk quirk;
    private readonly Lock sync = new();
    private readonly SortedDictionary<int, JsonObject> users = [];
    private readonly ConcurrentQueue<string> calls = new();
    private int ids;
    private bool mishapIsOver;

    private QuirkyProvider(WebApplication app, Quirk quirk) => (this.app, this.quirk) = (app, quirk);

    public Uri Url => new(new Uri(app.Urls.Single()), "/v2");

    public string Token => "good-token-9";

    public int MoreThanAPage => 8;

    /// <summary>Method and path, with query, of every request so far.</summary>
    internal IReadOnlyList<string> Calls => [.. calls];

    private bool HasVersions => quirk is Quirk.Versions or Quirk.VersionsWithoutPatch;

    private bool HasShortPages => quirk is Quirk.ShortPages or Quirk.SmallMaxResults or Quirk.TotalOfPage or Quirk.TotalTooLarge or Quirk.NoTotal or Quirk.RepeatedPage or Quirk.EmptyPage;

    internal static async Task<QuirkyProvider> StartAsync(Quirk quirk)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new QuirkyProvider(builder.Build(), quirk);
        provider.app.Run(provider.AnswerAsync);
        await provider.app.StartAsync();
        return provider;
    }

    public Task<string> CreateAsync(string json)
    {
        lock (sync)
        {
            return Task.FromResult(Add(JsonNode.Parse(json)!.AsObject())["id"]!.GetValue<string>());
        }
    }

    public Task<JsonObject> GetAsync(string id)
    {
        lock (sync)
        {
            return Task.FromResult((JsonObject)users[Number(id)].DeepClone());
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        calls.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        QuirkyAnswer answer;
        lock (sync)
        {
            answer = request.Headers.Authorization == $"Bearer {Token}" ? Route(request, body) : Error(401, null, $"Not known: {request.Headers.Authorization}");
        }

        await answer.WriteAsync(context.Response, quirk);
    }

    private QuirkyAnswer Route(HttpRequest request, string body)
    {
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, path) switch
        {
            ("GET", ["v2", "ServiceProviderConfig"]) => Configuration(),
            ("GET", ["v2", "Users"]) => List(request.Query),
            ("POST", ["v2", "Users"]) => Create(JsonNode.Parse(body)!.AsObject()),
            (_, ["v2", "Users", var id]) => One(request, Number(id), body),
            _ => Error(404, null, "no such endpoint"),
        };
    }

    private QuirkyAnswer One(HttpRequest request, int id, string body)
    {
        if (!users.TryGetValue(id, out var user))
        {
            return Error(404, null, $"Resource {id} not found");
        }

        if (request.Method != "GET" && HasVersions && request.Headers.IfMatch.ToString() is { Length: > 0 } expected && expected != Version(user))
        {
            return Error(412, null, "changed meanwhile");
        }

        return request.Method switch
        {
            "GET" => Shown(200, user),
            "PUT" => Replace(id, user, JsonNode.Parse(body)!.AsObject()),
            "PATCH" => Patch(id, user, JsonNode.Parse(body)!.AsObject()),
            _ => users.Remove(id) ? QuirkyAnswer.Empty(204) : QuirkyAnswer.Empty(404),
        };
    }

    private QuirkyAnswer Configuration()
    {
        if (quirk is Quirk.NoConfiguration)
        {
            return Error(404, null, "no such endpoint");
        }

        var filter = new JsonObject { ["supported"] = quirk != Quirk.FilterNotOffered, ["maxResults"] = quirk == Quirk.SmallMaxResults ? ShortPage : 500 };
        return new QuirkyAnswer(200, quirk == Quirk.EmptyConfiguration ? [] : new JsonObject
        {
            ["patch"] = new JsonObject { ["supported"] = quirk is not (Quirk.PatchNotOffered or Quirk.VersionsWithoutPatch) },
            ["filter"] = filter,
            ["etag"] = new JsonObject { ["supported"] = HasVersions },
        });
    }

    private QuirkyAnswer Create(JsonObject user)
    {
        if (users.Values.Any(u => Same(Name(u), Name(user))))
        {
            return quirk switch
            {
                Quirk.ConflictWithoutWords => QuirkyAnswer.Empty(409),
                Quirk.ConflictAnswers400 => Error(400, "uniqueness", "userName is taken"),
                _ => Error(409, "uniqueness", "userName is taken"),
            };
        }

        if (quirk == Quirk.PostIgnoresState)
        {
            user.Remove("userType");
            user["active"] = true;
        }

        var added = Add(user);
        return quirk switch
        {
            Quirk.PostAnswersNothing => QuirkyAnswer.Empty(201),
            Quirk.PostAnswers204 => QuirkyAnswer.Empty(204),
            Quirk.PostAnswers200 => Shown(200, added),
            _ => Shown(201, added),
        };
    }

    private QuirkyAnswer Replace(int id, JsonObject before, JsonObject user)
    {
        user["id"] = before["id"]!.GetValue<string>();
        Store(id, before, user);
        return quirk == Quirk.PutAnswers204 ? QuirkyAnswer.Empty(204) : Shown(200, users[id]);
    }

    private QuirkyAnswer Patch(int id, JsonObject before, JsonObject request)
    {
        if (quirk is Quirk.Patch501 or Quirk.PutAnswers204 or Quirk.PatchNotOffered or Quirk.VersionsWithoutPatch)
        {
            return Error(501, null, "PATCH is not implemented");
        }

        if (quirk is Quirk.Patch405)
        {
            return QuirkyAnswer.Empty(405);
        }

        var user = (JsonObject)before.DeepClone();
        foreach (var operation in request["Operations"]!.AsArray())
        {
            Assert.Contains(operation!["op"]!.GetValue<string>(), (string[])["replace", "remove"]);
            var path = operation["path"]!.GetValue<string>();
            user.Remove(path);
            if (operation["value"] is { } value)
            {
                user[path] = value.DeepClone();
            }
        }

        Store(id, before, user);
        return quirk switch
        {
            Quirk.PatchAnswers204 => QuirkyAnswer.Empty(204),
            Quirk.PatchAnswersNothing => QuirkyAnswer.Empty(200),
            Quirk.PatchAnswersOldUser => Shown(200, before),
            _ => Shown(200, users[id]),
        };
    }

    private QuirkyAnswer List(IQueryCollection query)
    {
        var filter = query["filter"].ToString();
        if (filter.Length > 0 && quirk is (Quirk.FilterRefused or Quirk.FilterNotOffered))
        {
            return Error(400, "invalidFilter", "filters are not understood");
        }

        var found = users.Values.Where(u => Matches(u, filter)).ToList();
        var start = Math.Max(1, int.Parse(query["startIndex"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture));
        var count = int.Parse(query["count"].FirstOrDefault() ?? "100", CultureInfo.InvariantCulture);
        count = HasShortPages ? Math.Min(count, ShortPage) : count;
        var page = quirk == Quirk.PagingIgnored ? found : [.. found.Skip(Mishap(start) - 1).Take(count)];
        if (quirk == Quirk.EmptyPage && start > ShortPage && !mishapIsOver)
        {
            (page, mishapIsOver) = ([], true);
        }

        return Listed(page, found.Count);
    }

    private int Mishap(int start)
    {
        if (quirk != Quirk.RepeatedPage || start <= ShortPage || mishapIsOver)
        {
            return start;
        }

        mishapIsOver = true;
        return start - ShortPage;
    }

    private QuirkyAnswer Listed(List<JsonObject> page, int total)
    {
        var list = new JsonObject();
        if (quirk != Quirk.NoTotal)
        {
            list["totalResults"] = quirk switch
            {
                Quirk.TotalOfPage => page.Count,
                Quirk.TotalTooLarge when total > 0 => total + 4,
                _ => total,
            };
        }

        if (page.Count > 0 || quirk != Quirk.NoResources)
        {
            list["Resources"] = new JsonArray([.. page.Select(u => (JsonNode)Show(u))]);
        }

        return new QuirkyAnswer(200, list);
    }

    private bool Matches(JsonObject user, string filter)
    {
        const string start = "userName eq ";
        if (filter.Length == 0 || quirk == Quirk.FilterIgnored)
        {
            return true;
        }

        Assert.StartsWith(start, filter, StringComparison.Ordinal);
        var name = JsonNode.Parse(filter[start.Length..])!.GetValue<string>();
        return quirk == Quirk.FilterMindsCase ? Name(user) == name : Same(Name(user), name);
    }

    private JsonObject Add(JsonObject user)
    {
        var id = ++ids;
        user["id"] = $"id-{id}";
        Store(id, null, user);
        return users[id];
    }

    private void Store(int id, JsonObject? before, JsonObject user)
    {
        var version = before is null ? 1 : before["meta"]!["number"]!.GetValue<int>() + 1;
        user["meta"] = new JsonObject { ["resourceType"] = "User", ["number"] = version, ["location"] = $"/v2/Users/id-{id}" };
        users[id] = user;
    }

    private QuirkyAnswer Shown(int status, JsonObject user) => new(status, Show(user), HasVersions ? Version(user) : null, $"/v2/Users/{user["id"]}");

    private JsonObject Show(JsonObject user)
    {
        var shown = (JsonObject)user.DeepClone();
        switch (quirk)
        {
            case Quirk.NoMeta:
                shown.Remove("meta");
                break;
            case Quirk.StringBooleans when shown["active"] is { } active:
                shown["active"] = active.GetValue<bool>() ? "True" : "False";
                break;
            case Quirk.OtherCaseNames:
                shown = new JsonObject(shown.ToList().Select(p => KeyValuePair.Create(p.Key.ToUpperInvariant(), p.Value?.DeepClone())));
                break;
            case Quirk.NullAttributes:
                shown["displayName"] ??= null;
                shown["roles"] ??= null;
                shown["active"] ??= null;
                break;
            case Quirk.Versions or Quirk.VersionsWithoutPatch:
                shown["meta"]!["version"] = Version(user);
                break;
        }

        return shown;
    }

    private static string Version(JsonObject user) => $"W/\"{user["meta"]!["number"]}\"";

    private static string Name(JsonObject user) => user["userName"]!.GetValue<string>();

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static int Number(string id) => int.Parse(id.Replace("id-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static QuirkyAnswer Error(int status, string? type, string detail) => new(status, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
        ["status"] = status.ToString(CultureInfo.InvariantCulture),
        ["scimType"] = type,
        ["detail"] = detail,
    });
}
