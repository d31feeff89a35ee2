using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Lets a request into the admin API if it carries the credential.</summary>
internal sealed class AdminGate(BackendServices services)
{
    /// <summary>How the credential is named in the audit log and in <c>GET /account</c>.</summary>
    public const string CredentialName = "default";

    private const string Actor = "credential:" + CredentialName;

    /// <summary>Wraps a handler, which is given the actor for the audit log.</summary>
    public RequestDelegate Guard(Func<HttpContext, string, Task> handler) => async context =>
    {
        await RequireCredentialAsync(context);
        if (services.CredentialLimiter?.Take(Actor) is { Ticks: > 0 } wait)
        {
            throw Refusals.RateLimited(wait).AsException();
        }

        await handler(context, Actor);
    };

    private async Task RequireCredentialAsync(HttpContext context)
    {
        if (Bearer.Of(context) is not { } presented)
        {
            throw Refusals.Unauthorized("The admin API needs its credential: send the header Authorization: Bearer <credential>.").AsException();
        }

        // Hashes have one length and say nothing about the credential, so this comparison leaks nothing by its time.
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), services.CredentialHash))
        {
            throw Refusals.Unauthorized("The credential is not the one in this backend's credential file.").AsException();
        }

        if (services.CredentialAdminId is { } id && await services.Store.ReadOneAsync(s => s.Users.Find(id)) is not { IsActiveAdmin: true })
        {
            throw Refusals.Unauthorized($"The credential stands for user {id}, who is not an active admin any more.").AsException();
        }
    }
}
