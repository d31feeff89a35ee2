using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Cluster;

/// <summary>Lists whole collections.</summary>
/// <param name="client">The cluster.</param>
/// <param name="notices">Told of objects that this program can't read.</param>
internal sealed class ClusterReader(IKubeClient client, TextWriter notices)
{
    /// <summary>Objects per page, as kubectl asks for them.</summary>
    internal const int PageSize = 500;

    /// <summary>All objects of a namespace, or of all when <paramref name="ns"/> is null, by namespace and name.</summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(ResourceType<T> type, string? ns, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var items = new List<T>();
        string? next = null;
        do
        {
            var page = await client.ListAsync(type, new ListOptions(ns, Limit: PageSize, Continue: next), cancellationToken);
            items.AddRange(page.Items);
            foreach (var skipped in page.Skipped)
            {
                await notices.WriteLineAsync($"{type.Kind} {skipped} can't be read by this version of kubectl scim and is left out.");
            }

            next = page.Metadata.Continue;
        }
        while (!string.IsNullOrEmpty(next));
        return [.. items.OrderBy(o => o.Metadata.Namespace, StringComparer.Ordinal).ThenBy(o => o.Metadata.Name, StringComparer.Ordinal)];
    }
}
