using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>An answer of the <see cref="QuirkyProvider"/>.</summary>
internal sealed record QuirkyAnswer(int Status, JsonObject? Body, string? ETag = null, string? Location = null)
{
    internal static QuirkyAnswer Empty(int status) => new(status, null);

    internal async Task WriteAsync(HttpResponse response, Quirk quirk)
    {
        response.StatusCode = Status;
        if (Location is not null && quirk != Quirk.NoMeta)
        {
            response.Headers.Location = quirk == Quirk.RelativeLocation ? Location : $"https://elsewhere.example{Location}";
        }

        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (Body is null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(Body.ToJsonString());
        if (quirk == Quirk.CacheETags)
        {
            response.Headers.ETag = $"\"{Convert.ToHexString(SHA256.HashData(bytes))}\"";
        }

        response.ContentType = quirk switch
        {
            Quirk.PlainJson => "application/json; charset=utf-8",
            Quirk.NoContentType => null,
            _ => "application/scim+json",
        };
        await response.Body.WriteAsync(bytes);
    }
}
