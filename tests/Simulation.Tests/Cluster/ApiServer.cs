using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>
/// The API server's store: versions, generations, uids, finalizers, optimistic concurrency, owner references. Every method
/// takes effect at one instant.
/// </summary>
internal sealed class ApiServer(TimeProvider time)
{
    private readonly SortedDictionary<string, Stored> objects = new(StringComparer.Ordinal);
    private int uids;

    internal ulong Version { get; private set; } = 100;

    internal event Action<Change>? Changed;

    internal Stored? Get(string plural, ObjectKey key) => objects.GetValueOrDefault(Slot(plural, key));

    internal IReadOnlyList<Stored> List(string plural) => [.. objects.Values.Where(o => o.Plural == plural)];

    internal Stored Create(string plural, JsonObject body, string actor)
    {
        var name = (string)body["metadata"]!["name"]!;
        var key = new ObjectKey((string?)body["metadata"]!["namespace"] ?? "", name);
        if (Get(plural, key) is not null)
        {
            throw new KubeApiException(HttpStatusCode.Conflict, "AlreadyExists", $"{plural} {key} already exists");
        }

        var json = body.DeepClone().AsObject();
        json.Remove("status");
        var meta = json["metadata"]!.AsObject();
        meta["uid"] = string.Create(CultureInfo.InvariantCulture, $"uid-{++uids:0000}");
        meta["generation"] = 1;
        meta["creationTimestamp"] = Now();
        return Store(plural, null, json, actor);
    }

    /// <summary>Changes an object, or its status alone. A change that changes nothing makes no version.</summary>
    internal Stored Update(string plural, ObjectKey key, string actor, bool status, Func<JsonObject, JsonObject> edit)
    {
        var before = Get(plural, key) ?? throw new KubeApiException(HttpStatusCode.NotFound, "NotFound", $"{plural} {key} not found");
        var edited = edit(before.Json.DeepClone().AsObject());
        if ((string?)edited["metadata"]?["resourceVersion"] is { } asked && asked != before.Version)
        {
            throw new KubeApiException(HttpStatusCode.Conflict, "Conflict", $"{plural} {key}: version is {before.Version}, not {asked}");
        }

        var json = Keep(before, edited, status);
        if (JsonNode.DeepEquals(json, before.Json))
        {
            return before;
        }

        if (before.IsDeleting && json["metadata"]!["finalizers"] is not JsonArray { Count: > 0 })
        {
            return Remove(before, json, actor);
        }

        return Store(plural, before, json, actor);
    }

    internal bool Delete(string plural, ObjectKey key, string? uid, string actor)
    {
        if (Get(plural, key) is not { } before)
        {
            return false;
        }

        if (uid is not null && uid != before.Uid)
        {
            throw new KubeApiException(HttpStatusCode.Conflict, "Conflict", $"{plural} {key} has another uid");
        }

        var json = before.Json.DeepClone().AsObject();
        if (json["metadata"]!["finalizers"] is not JsonArray { Count: > 0 })
        {
            Remove(before, json, actor);
        }
        else if (!before.IsDeleting)
        {
            json["metadata"]!["deletionTimestamp"] = Now();
            json["metadata"]!["generation"] = (long)json["metadata"]!["generation"]! + 1;
            Store(plural, before, json, actor);
        }

        return true;
    }

    /// <summary>What a write may not change stays; a changed spec is a new generation.</summary>
    private static JsonObject Keep(Stored before, JsonObject edited, bool status)
    {
        var json = status ? before.Json.DeepClone().AsObject() : edited;
        var kept = status ? edited : before.Json;
        if (before.Plural != "secrets")
        {
            json.Remove("status");
            if (kept["status"] is { } said)
            {
                json["status"] = said.DeepClone();
            }
        }

        var (meta, had) = (json["metadata"]!.AsObject(), before.Json["metadata"]!.AsObject());
        foreach (var fixedField in (string[])["uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp"])
        {
            meta.Remove(fixedField);
            if (had[fixedField] is { } value)
            {
                meta[fixedField] = value.DeepClone();
            }
        }

        if (meta["finalizers"] is JsonArray { Count: 0 })
        {
            meta.Remove("finalizers");
        }

        if (!JsonNode.DeepEquals(json["spec"], before.Json["spec"]))
        {
            meta["generation"] = (long)had["generation"]! + 1;
        }

        return json;
    }

    private Stored Store(string plural, Stored? before, JsonObject json, string actor)
    {
        json["metadata"]!["resourceVersion"] = Next();
        var stored = new Stored(plural, json);
        objects[Slot(plural, stored.Key)] = stored;
        Changed?.Invoke(new Change(Version, before, stored, Gone: false, actor));
        return stored;
    }

    private Stored Remove(Stored before, JsonObject last, string actor)
    {
        objects.Remove(Slot(before.Plural, before.Key));
        last["metadata"]!["resourceVersion"] = Next();
        var gone = new Stored(before.Plural, last);
        Changed?.Invoke(new Change(Version, before, gone, Gone: true, actor));
        return gone;
    }

    private string Next() => (++Version).ToString(CultureInfo.InvariantCulture);

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Slot(string plural, ObjectKey key) => $"{plural}|{key}";
}
