using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>When a token is replaced. Pure.</summary>
internal static class RenewalSchedule
{
    /// <summary>Share of a token's life over which renewals are spread, so that a thousand tokens made together don't renew together.</summary>
    private const double Spread = 0.1;

    /// <summary>The earlier of expiry-driven and periodic replacement; null when neither applies.</summary>
    internal static (DateTimeOffset At, IssueCause Cause)? Next(TokenDesired desired, BackendToken token)
    {
        var expiry = ByExpiry(desired, token);
        var periodic = desired.Every is { } every ? token.CreatedAt + (every * (1 - (Spread * Jitter(desired.Uid)))) : (DateTimeOffset?)null;
        return (expiry, periodic) switch
        {
            (null, null) => null,
            ({ } e, { } p) when e <= p => (e, IssueCause.ExpiryNear),
            ({ } e, null) => (e, IssueCause.ExpiryNear),
            (_, { } p) => (p, IssueCause.RotationDue),
        };
    }

    private static DateTimeOffset? ByExpiry(TokenDesired desired, BackendToken token)
    {
        if (token.ExpiresAt is not { } end)
        {
            return null;
        }

        var life = end - token.CreatedAt;
        // A renewBefore as long as the life would renew for ever: never in the first half of it.
        return desired.RenewBefore is { } before
            ? end - (before < life / 2 ? before : life / 2)
            : token.CreatedAt + (life * ((2.0 / 3) - (Spread * Jitter(desired.Uid))));
    }

    /// <summary>A number in [0, 1) that is always the same for an object.</summary>
    private static double Jitter(string uid) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(uid))) / (uint.MaxValue + 1.0);
}
