using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Tests.Support;

/// <summary>An API server in memory: objects with versions, optimistic concurrency, merge and JSON patches; faults by a hook.</summary>
public sealed class MemoryApi : IKubeClient
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonObject> objects = [];
    private long version = 100;

    /// <summary>Called before each request with "verb path"; may throw or wait.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> Bodies { get; } = new();

    public JsonObject? this[string path]
    {
        get
        {
            lock (gate)
            {
                return objects.GetValueOrDefault(path)?.DeepClone().AsObject();
            }
        }
    }

    /// <summary>Puts or changes an object behind everybody's back.</summary>
    public void Put(string path, JsonObject value)
    {
        lock (gate)
        {
            Store(path, value);
        }
    }

    public void Remove(string path)
    {
        lock (gate)
        {
            objects.Remove(path);
        }
    }

    public async Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        await RequestAsync("get", type.ObjectPath(key), default, cancellationToken);
        return this[type.ObjectPath(key)] is { } found ? found.Deserialize(type.Json) : null;
    }

    public async Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var path = type.CollectionPath(options.Namespace);
        await RequestAsync("list", path, default, cancellationToken);
        lock (gate)
        {
            var items = objects.Where(o => o.Key.EndsWith("", StringComparison.Ordinal) && o.Key.Contains($"/{type.Plural}/", StringComparison.Ordinal));
            return new ResourceList<T>
            {
                Metadata = new ListMeta { ResourceVersion = $"{version}" },
                Items = [.. items.Select(o => o.Value.Deserialize(type.Json)!)],
            };
        }
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType<T> type, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        await RequestAsync("watch", type.CollectionPath(options.Namespace), default, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }

    public async Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var value = JsonNode.Parse(body.Span)!.AsObject();
        var path = type.ObjectPath(new ObjectKey(ns ?? "", value["metadata"]!["name"]!.GetValue<string>()));
        await RequestAsync("create", path, body, cancellationToken);
        lock (gate)
        {
            return objects.ContainsKey(path)
                ? throw Error(HttpStatusCode.Conflict, "AlreadyExists")
                : Store(path, value).Deserialize(type.Json)!;
        }
    }

    public async Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var path = type.ObjectPath(key);
        await RequestAsync("patch", path, patch.Body, cancellationToken);
        var body = JsonNode.Parse(patch.Body.Span)!;
        lock (gate)
        {
            var value = objects.GetValueOrDefault(path)?.DeepClone().AsObject() ?? throw Error(HttpStatusCode.NotFound, "NotFound");
            if (patch.Kind == PatchKind.Json)
            {
                JsonPatch(value, body.AsArray());
            }
            else
            {
                Check(value, body["metadata"]?["resourceVersion"]);
                Merge(value, body.AsObject());
            }

            return Store(path, value).Deserialize(type.Json)!;
        }
    }

    public async Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var path = type.ObjectPath(key);
        await RequestAsync("update", path, body, cancellationToken);
        var value = JsonNode.Parse(body.Span)!.AsObject();
        lock (gate)
        {
            Check(objects.GetValueOrDefault(path) ?? throw Error(HttpStatusCode.NotFound, "NotFound"), value["metadata"]!["resourceVersion"]);
            return Store(path, value).Deserialize(type.Json)!;
        }
    }

    public async Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        await RequestAsync("delete", type.ObjectPath(key), default, cancellationToken);
        lock (gate)
        {
            return objects.Remove(type.ObjectPath(key));
        }
    }

    public static KubeApiException Error(HttpStatusCode code, string reason) => new(code, reason, $"refused: {reason}");

    private async Task RequestAsync(string verb, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{verb} {path}");
        Bodies.Enqueue(System.Text.Encoding.UTF8.GetString(body.Span));
        await Before($"{verb} {path}", cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private JsonObject Store(string path, JsonObject value)
    {
        var metadata = value["metadata"]?.AsObject() ?? [];
        value["metadata"] = metadata.Parent is null ? metadata : metadata;
        metadata["resourceVersion"] = $"{++version}";
        metadata["uid"] ??= $"uid-{version}";
        objects[path] = value.DeepClone().AsObject();
        return value;
    }

    private static void Check(JsonObject stored, JsonNode? expected)
    {
        if (expected is not null && expected.GetValue<string>() != stored["metadata"]!["resourceVersion"]!.GetValue<string>())
        {
            throw Error(HttpStatusCode.Conflict, "Conflict");
        }
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && into[name] is JsonObject target)
            {
                Merge(target, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static void JsonPatch(JsonObject value, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            var steps = operation!["path"]!.GetValue<string>().Split('/')[1..];
            JsonNode at = value;
            foreach (var step in steps[..^1])
            {
                at = at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
            }

            if (operation["op"]!.GetValue<string>() == "add")
            {
                at[steps[^1]] = operation["value"]!.DeepClone();
            }
            else if (!JsonNode.DeepEquals(at[steps[^1]], operation["value"]))
            {
                throw Error(HttpStatusCode.UnprocessableEntity, "Invalid");
            }
        }
    }
}
