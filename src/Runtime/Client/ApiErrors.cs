using System.Net;
using System.Text;
using System.Text.Json;

namespace ScimOperator.Runtime.Client;

/// <summary>Turns the API server's refusals into exceptions that say what was asked, of which object, and what to do.</summary>
internal static class ApiErrors
{
    private const int ShownText = 256;

    public static KubeApiException From(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var header = RetryAfter(response, time);
        if (ReadStatus(body) is { } status)
        {
            return From(call, response.StatusCode, status, header);
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var shown = mediaType == "text/plain" && !call.IsSecret ? OneLine(body) : "";
        var words = shown.Length > 0
            ? shown
            : $"the answer is no Kubernetes Status ({mediaType ?? "no content type"}, {body.Length} bytes): something between here and the API server may have given it";
        return new KubeApiException(response.StatusCode, "", Message(call, response.StatusCode, "", words), header);
    }

    public static KubeApiException From(ApiCall call, HttpStatusCode code, ApiStatus status, TimeSpan? retryAfter = null)
    {
        var reason = status.Reason ?? "";
        var wait = retryAfter ?? (status.Details?.RetryAfterSeconds is > 0 and var s ? TimeSpan.FromSeconds(s) : null);
        return new KubeApiException(code, reason, Message(call, code, reason, Words(call, code, status)), wait);
    }

    /// <summary>The Status in a body; null when there is none.</summary>
    public static ApiStatus? ReadStatus(ReadOnlySpan<byte> body)
    {
        try
        {
            var status = JsonSerializer.Deserialize(body, RuntimeJsonContext.Default.ApiStatus);
            return status?.Kind == "Status" ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Words(ApiCall call, HttpStatusCode code, ApiStatus status)
    {
        // Decoding and validation errors quote the request's body ("error found in #10 byte of ...").
        if (call.IsSecret && (code is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
        {
            var fields = status.Details?.Causes?.Select(c => $"{c.Field}: {c.Reason}") ?? [];
            return $"the server's words are withheld, they may quote the Secret; fields: [{string.Join(", ", fields)}]";
        }

        return status.Message ?? "no message";
    }

    private static string Message(ApiCall call, HttpStatusCode code, string reason, string words)
    {
        var advice = code switch
        {
            // Admission answers with the status that RBAC uses too: its own words say what to do.
            HttpStatusCode.Forbidden when !words.Contains("denied the request: ", StringComparison.Ordinal) && !words.Contains("denied request: ", StringComparison.Ordinal) => $" (RBAC needed: verb \"{call.Verb}\" on resource \"{call.RbacResource}\" in apiGroup \"{call.Group}\")",
            HttpStatusCode.Unauthorized => " (the credential is not accepted: check the ServiceAccount token or the kubeconfig)",
            _ => "",
        };
        return $"could not {call}: {(int)code} {(reason.Length > 0 ? reason : code.ToString())}: {words}{advice}";
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var value = response.Headers.RetryAfter;
        if (value?.Delta is { } delta)
        {
            return delta;
        }

        var wait = value?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string OneLine(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ShownText)]);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
