using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.Chaos.Tests.Proxies;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>Knows every token value that the account ever gave the operator, and finds them where they must not be.</summary>
internal sealed class TokenValues
{
    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>How many there were.</summary>
    internal int Count => ids.Count;

    /// <summary>Remembers the value in the answer to a token's generation.</summary>
    internal void Learn(ProxiedCall call, ProxiedAnswer answer)
    {
        if (call is { Side: ProxySide.Account, Method: "POST", Path: "/api/v1/scim-tokens" } && answer.Succeeded)
        {
            var token = JsonNode.Parse(answer.Body)!;
            ids[token["value"]!.GetValue<string>()] = token["id"]!.GetValue<string>();
        }
    }

    /// <summary>Null where a request to the API server holds no value, or is one that publishes it; else what is wrong.</summary>
    internal string? FindLeak(ProxiedCall call)
    {
        if (call.Side != ProxySide.Cluster || !call.IsWrite)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(call.Body);
        if (!call.Path.Contains("/secrets", StringComparison.Ordinal))
        {
            return FindIn(text, $"the body of {call}");
        }

        // In a Secret's data the value is in base64: as it is it could only be in the metadata.
        return FindIn(text, $"the metadata in {call}");
    }

    /// <summary>Null where no file holds a value; else which token's is in which file.</summary>
    internal string? FindInFiles(IEnumerable<string> paths) =>
        paths.Where(File.Exists).Select(path => FindIn(ReadShared(path), path)).FirstOrDefault(leak => leak is not null);

    private string? FindIn(string text, string where) =>
        ids.Where(entry => text.Contains(entry.Key, StringComparison.Ordinal)).Select(entry => $"leak: the value of {entry.Value} is in {where}").FirstOrDefault();

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
