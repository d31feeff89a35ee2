using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Tests;

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode? Body, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public string? Code => Body?["code"]?.GetValue<string>();

    public JsonObject Object => (JsonObject)Body!;

    public JsonArray Items => (JsonArray)Body!["items"]!;

    public string String(string name) => Body![name]!.GetValue<string>();

    public Reply Expect(HttpStatusCode status, string? code = null)
    {
        Assert.True(Status == status && (code is null || Code == code), $"expected {status} {code}, got {Status}: {Text}");
        return this;
    }
}
