using System.Net;

namespace ScimOperator.Drivers.Scim;

/// <summary>An answer of a service provider, with its body read.</summary>
/// <param name="Call">What was asked, for messages.</param>
/// <param name="Status">The status.</param>
/// <param name="MediaType">Content-Type without parameters; null when there is none.</param>
/// <param name="ETag">The ETag header as it stands.</param>
/// <param name="RetryAfter">How long it asks to wait.</param>
/// <param name="Body">The body.</param>
internal sealed record ScimAnswer(string Call, HttpStatusCode Status, string? MediaType, string? ETag, TimeSpan? RetryAfter, byte[] Body)
{
    internal bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether the provider does not know how to do what was asked, as RFC 7644, section 3.12 has it, or with the older word for it.</summary>
    internal bool IsNotImplemented => Status is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed;
}
