using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>The operator's client of the API server.</summary>
internal sealed class SimulatedClient(ApiServer server, Wire wire, EventLog log) : IKubeClient
{
    internal const string Actor = "operator";

    public Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        wire.CallAsync($"GET {type.Plural} {key}", false, false, _ => server.Get(type.Plural, key)?.Read(type.Json), cancellationToken);

    public Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        throw new NotSupportedException("Only informers list, and those are simulated.");

    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(ResourceType<T> type, WatchOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        throw new NotSupportedException("Only informers watch, and those are simulated.");

    public Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var json = Parse(body);
        return WriteAsync(type, $"POST {type.Plural} {ns}/{json["metadata"]!["name"]}", () => server.Create(type.Plural, json, Actor), cancellationToken);
    }

    public Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var json = Parse(patch.Body);
        var status = subresource == "status";
        var asked = (string?)json["metadata"]?["resourceVersion"];
        return WriteAsync(
            type,
            $"PATCH {type.Plural}{(status ? "/status" : "")} {key}{(asked is null ? "" : $" at {asked}")}",
            () => server.Update(type.Plural, key, Actor, status, before => Patched(before, json, patch.Kind, asked)),
            cancellationToken);
    }

    public Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        throw new NotSupportedException("Whole objects are never sent back.");

    public Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject =>
        wire.CallAsync($"DELETE {type.Plural} {key}", true, false, _ => server.Delete(type.Plural, key, uid, Actor), cancellationToken);

    private async Task<T> WriteAsync<T>(ResourceType<T> type, string name, Func<Stored> commit, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var stored = await wire.CallAsync(name, true, false, _ =>
        {
            var made = commit();
            log.Add($"{name} -> {made.Version}");
            return made;
        }, cancellationToken);
        return stored.Read(type.Json);
    }

    /// <summary>Our status is ours alone: applying it replaces it.</summary>
    private static JsonObject Patched(JsonObject before, JsonObject patch, PatchKind kind, string? asked)
    {
        if (kind == PatchKind.Apply)
        {
            before["status"] = patch["status"]?.DeepClone();
            return before;
        }

        var after = (JsonObject)Merge(before, patch)!;
        if (asked is not null)
        {
            after["metadata"]!["resourceVersion"] = asked;
        }

        return after;
    }

    /// <summary>RFC 7386.</summary>
    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
                continue;
            }

            var had = result[name];
            result.Remove(name);
            result[name] = Merge(had, value);
        }

        return result;
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> body) => JsonNode.Parse(body.Span)!.AsObject();
}
