using System.Text.Json.Nodes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>What the operator's ServiceAccount asked of the API server, by the server's own record.</summary>
internal sealed class AuditLog(string path)
{
    internal const string Policy = $$"""
        {"apiVersion":"audit.k8s.io/v1","kind":"Policy","omitStages":["RequestReceived","ResponseStarted"],
         "rules":[{"level":"Metadata","users":["system:serviceaccount:{{Installation.Namespace}}:{{Installation.ServiceAccount}}"]},{"level":"None"}]}
        """;

    private int mark;

    /// <summary>From now on only what comes later counts.</summary>
    internal void Mark() => mark = Lines().Count;

    /// <summary>Requests since the mark as "verb resource/subresource", those of one namespace or all.</summary>
    internal IReadOnlyList<string> Requests(string? ns = null) =>
    [
        .. Lines().Skip(mark).Select(line => JsonNode.Parse(line)!)
            .Where(entry => ns is null || entry["objectRef"]?["namespace"]?.GetValue<string>() == ns)
            .Select(Describe),
    ];

    /// <summary>Writes since the mark, without events.</summary>
    internal IReadOnlyList<string> Writes(string ns) =>
        [.. Requests(ns).Where(r => r.Split(' ') is [not ("get" or "list" or "watch"), not "events"])];

    private static string Describe(JsonNode entry)
    {
        var subresource = entry["objectRef"]?["subresource"]?.GetValue<string>();
        var resource = entry["objectRef"]?["resource"]?.GetValue<string>();
        return $"{entry["verb"]!.GetValue<string>()} {resource}{(subresource is null ? "" : "/" + subresource)}";
    }

    /// <summary>Complete lines: the last may be in the making.</summary>
    private List<string> Lines()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        return [.. lines[..^1]];
    }
}
