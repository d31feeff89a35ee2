using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Hosting;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Endpoints;

/// <summary>What the endpoints work with.</summary>
internal sealed record BackendServices
{
    public required BackendOptions Options { get; init; }

    public required IAccountStore Store { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>SHA-256 of the admin API's credential.</summary>
    public required byte[] CredentialHash { get; init; }

    /// <summary>The user the credential stands for, if any.</summary>
    public string? CredentialAdminId { get; init; }

    /// <summary>Null when this backend does not report last use.</summary>
    public LastUseRecorder? LastUse { get; init; }

    /// <summary>Limits each SCIM token; null when nothing does.</summary>
    public RateLimiter? Limiter { get; init; }

    /// <summary>Limits the admin API's credential; null when nothing does.</summary>
    public RateLimiter? CredentialLimiter { get; init; }

    /// <summary>Base of the SCIM service, without a slash at the end: absolute, as RFC 7644 wants locations.</summary>
    public string ScimUrl(HttpContext context)
    {
        var root = Options.PublicUrl?.AbsoluteUri ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return root.TrimEnd('/') + "/scim/v2";
    }
}
