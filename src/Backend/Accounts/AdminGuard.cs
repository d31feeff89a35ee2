using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Accounts;

/// <summary>
/// The restriction: an admin who holds a live token stays an active admin, and so does the last active admin.
/// Every change of a user passes here, whichever door it came through.
/// </summary>
/// <remarks>
/// Must be called inside the write transaction that makes the change. Writers are serial, so no token can be
/// generated between this check and the change.
/// </remarks>
internal static class AdminGuard
{
    /// <param name="after">The user as it would become; null for a deletion.</param>
    /// <exception cref="RefusedException">The change would leave a live token without an active admin, or the account without one.</exception>
    public static void Check(StoreSession session, UserRecord before, UserRecord? after, DateTimeOffset now)
    {
        if (after is { IsActiveAdmin: true })
        {
            return;
        }

        var held = session.Tokens.LiveOf(before.Id, now);
        if (held.Count > 0)
        {
            throw Refusals.AdminHoldsToken(before, after, held).AsException();
        }

        if (before.IsActiveAdmin && session.Users.CountActiveAdmins() <= 1)
        {
            throw Refusals.LastAdmin(before).AsException();
        }
    }
}
