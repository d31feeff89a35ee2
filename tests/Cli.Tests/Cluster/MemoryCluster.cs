using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Tests.Cluster;

/// <summary>Objects as JSON, read as a command reads them; watches follow a script, one stream after the other.</summary>
internal sealed class MemoryCluster : IKubeClient
{
    private readonly List<JsonElement> objects;
    private readonly Queue<Channel<Func<object>>> streams = new();

    internal MemoryCluster(string json)
    {
        using var document = JsonDocument.Parse(json);
        objects = [.. document.RootElement.EnumerateArray().Select(o => o.Clone())];
    }

    /// <summary>What was asked, in order.</summary>
    internal List<string> Calls { get; } = [];

    /// <summary>Thrown by the next list, once.</summary>
    internal Exception? NextListFails { get; set; }

    /// <summary>Replaces all objects.</summary>
    internal void Put(params IEnumerable<string> documents)
    {
        objects.Clear();
        objects.AddRange(documents.Select(d => JsonDocument.Parse(d).RootElement));
    }

    /// <summary>The next stream that a watch gets.</summary>
    internal Channel<Func<object>> AddStream()
    {
        var stream = Channel.CreateUnbounded<Func<object>>();
        streams.Enqueue(stream);
        return stream;
    }

    public Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Calls.Add($"get {type.Plural} {key}");
        return Task.FromResult(Read(type).FirstOrDefault(o => o.Key() == key));
    }

    public Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Calls.Add($"list {type.Plural} {options.Namespace} {options.FieldSelector}".TrimEnd());
        if (NextListFails is { } failure)
        {
            NextListFails = null;
            throw failure;
        }

        var items = Read(type).Where(o => options.Namespace is null || o.Metadata.Namespace == options.Namespace).ToList();
        return Task.FromResult(new ResourceList<T> { Items = items, Metadata = new ListMeta { ResourceVersion = "100" } });
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType<T> type, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Calls.Add($"watch {type.Plural} {options.Namespace} from {options.ResourceVersion} {options.FieldSelector}".TrimEnd());
        await foreach (var next in streams.Dequeue().Reader.ReadAllAsync(cancellationToken))
        {
            yield return (WatchEvent<T>)next();
        }
    }

    public Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => throw new InvalidOperationException("Nothing may be created.");

    public Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => throw new InvalidOperationException($"{type.Kind} {key} may not be changed.");

    public Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => throw new InvalidOperationException("Nothing may be replaced.");

    public Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => throw new InvalidOperationException("Nothing may be deleted.");

    private IEnumerable<T> Read<T>(ResourceType<T> type)
        where T : class, IKubernetesObject =>
        objects.Where(o => o.GetProperty("kind").GetString() == type.Kind).Select(o => o.Deserialize(type.Json)!);
}
