using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ScimOperator.Backend.Tests;

/// <summary>The description that the backend serves, as the tests hold the backend against it.</summary>
internal sealed class OpenApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private readonly JsonObject root;
    private readonly Dictionary<string, JsonSchema> schemas = [];

    public OpenApiDocument(JsonObject root) => this.root = root;

    /// <summary>Every operation as "GET /path/{id}".</summary>
    public IEnumerable<string> Operations => Paths.SelectMany(p => Methods.Where(m => ((JsonObject)p.Value!).ContainsKey(m)).Select(m => m.ToUpperInvariant() + " " + p.Key));

    /// <summary>Every answer as "GET /path/{id} 200".</summary>
    public IEnumerable<string> Answers => Operations.SelectMany(o => ((JsonObject)Operation(o)["responses"]!).Select(r => o + " " + r.Key));

    private JsonObject Paths => (JsonObject)root["paths"]!;

    /// <summary>The operation that answers a request; null where none is described.</summary>
    public string? Match(string method, string path)
    {
        var segments = path.Split('/');
        var found = Paths.Select(p => p.Key).FirstOrDefault(t => t.Split('/') is var template && template.Length == segments.Length
            && template.Zip(segments).All(s => s.First == s.Second || (s.First.StartsWith('{') && s.Second.Length > 0)));
        return found is not null && ((JsonObject)Paths[found]!).ContainsKey(method.ToLowerInvariant()) ? method.ToUpperInvariant() + " " + found : null;
    }

    public JsonObject Operation(string operation)
    {
        var parts = operation.Split(' ');
        return (JsonObject)Paths[parts[1]]![parts[0].ToLowerInvariant()]!;
    }

    /// <summary>The query parameters of an operation.</summary>
    public IEnumerable<string> QueryParameters(string operation) => (Operation(operation)["parameters"] as JsonArray ?? [])
        .Select(p => Resolve(p!)).Where(p => p["in"]!.GetValue<string>() == "query").Select(p => p["name"]!.GetValue<string>());

    /// <summary>What is wrong with an answer; null when it is as described.</summary>
    public string? Fault(string operation, int status, string? mediaType, Func<string, bool> hasHeader, string body)
    {
        if (Operation(operation)["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } described)
        {
            return "the status is not described";
        }

        var response = Resolve(described);
        var missing = (response["headers"] as JsonObject ?? []).Where(h => h.Value!["required"]?.GetValue<bool>() == true && !hasHeader(h.Key)).Select(h => h.Key).ToList();
        if (missing.Count > 0)
        {
            return "it lacks the header " + missing[0];
        }

        if (response["content"] is not JsonObject content)
        {
            return body.Length == 0 ? null : "it has a body and none is described";
        }

        return mediaType is not null && content[mediaType]?["schema"] is { } schema
            ? Errors(schema, mediaType.EndsWith("json", StringComparison.Ordinal) ? body : JsonValue.Create(body)!.ToJsonString())
            : $"the media type {mediaType} is not described";
    }

    /// <summary>What is wrong with the body of a request; null when it is as described.</summary>
    public string? RequestFault(string operation, string body) =>
        Operation(operation)["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Errors(schema, body) : "no body is described";

    private JsonObject Resolve(JsonNode node)
    {
        var json = (JsonObject)node;
        return json["$ref"]?.GetValue<string>() is { } reference
            ? (JsonObject)reference[2..].Split('/').Aggregate((JsonNode)root, (n, name) => n[name]!)
            : json;
    }

    private string? Errors(JsonNode schema, string instance)
    {
        var text = schema.ToJsonString();
        if (!schemas.TryGetValue(text, out var compiled))
        {
            var whole = new JsonObject { ["$defs"] = root["components"]!["schemas"]!.DeepClone(), ["allOf"] = new JsonArray(schema.DeepClone()) };
            compiled = JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
            schemas[text] = compiled;
        }

        using var document = JsonDocument.Parse(instance);
        var result = compiled.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return result.IsValid
            ? null
            : string.Join("; ", (result.Details ?? []).Where(d => d.Errors is { Count: > 0 }).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}")));
    }
}
