using System.Net;

namespace ScimOperator.Runtime.Client;

/// <summary>The API server refused a request. The message names the request (verb, resource, object) and the server's words, never a body.</summary>
/// <param name="statusCode">HTTP status.</param>
/// <param name="reason">metav1.Status reason, for example AlreadyExists; empty when the answer was no Status.</param>
/// <param name="message">What happened, to which object.</param>
/// <param name="retryAfter">The server's Retry-After, if any.</param>
public sealed class KubeApiException(HttpStatusCode statusCode, string reason, string message, TimeSpan? retryAfter = null)
    : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public HttpStatusCode StatusCode => statusCode;

    /// <summary>metav1.Status reason; empty when the answer was no Status.</summary>
    public string Reason => reason;

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>404: no such object (or namespace, or kind).</summary>
    public bool IsNotFound => statusCode == HttpStatusCode.NotFound;

    /// <summary>409 because somebody else wrote first.</summary>
    public bool IsConflict => statusCode == HttpStatusCode.Conflict && reason != "AlreadyExists";

    /// <summary>409 because the name is taken.</summary>
    public bool IsAlreadyExists => statusCode == HttpStatusCode.Conflict && reason == "AlreadyExists";

    /// <summary>410: the resourceVersion or continue token is too old; list again.</summary>
    public bool IsExpired => statusCode == HttpStatusCode.Gone;

    /// <summary>422: the object does not satisfy its schema.</summary>
    public bool IsInvalid => statusCode == HttpStatusCode.UnprocessableEntity;

    /// <summary>Whether trying the same request again can help.</summary>
    public bool IsTransient => (int)statusCode >= 500 || statusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
