using System.Text.Json;

namespace ScimOperator.ControlPlanes;

/// <summary>Asks a server which version it is.</summary>
internal static class ServerVersionReader
{
    internal static async Task<KubernetesVersion> ReadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/version", cancellationToken));
        return KubernetesVersion.Parse(document.RootElement.GetProperty("gitVersion").GetString()!);
    }
}
