using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Accounts;

/// <summary>Generates and deletes SCIM tokens. Runs inside a write transaction; a refusal undoes it.</summary>
internal static class TokenChanges
{
    /// <summary>
    /// Stores a token whose value was generated before. The reference is looked at first: whoever repeats a request
    /// after a crash must find the token it made, whatever happened to owner and limit since.
    /// </summary>
    /// <exception cref="RefusedException">plan_required, reference_conflict, owner_not_active_admin, token_limit_reached.</exception>
    public static TokenRecord Create(StoreSession session, TokenDraft draft, TokenValue value, string actor, DateTimeOffset now)
    {
        var account = session.Account.Get();
        if (account.Plan != Plan.Enterprise)
        {
            throw Refusals.PlanRequired(account.Plan).AsException();
        }

        if (draft.Reference is { } reference && session.Tokens.FindLiveByReference(reference, now) is { } existing)
        {
            throw Refusals.ReferenceConflict(existing).AsException();
        }

        RequireActiveAdmin(session, draft.OwnerId);
        if (account.MaxTokens is { } max && session.Tokens.HasLive(max, now))
        {
            throw Refusals.TokenLimitReached(max).AsException();
        }

        var token = new TokenRecord(
            0, Identifiers.ForToken(now), draft.OwnerId, draft.Description, draft.Reference, value.LastFour, now, draft.ExpiresAt, null);
        session.Tokens.Insert(token, value.Hash);
        session.Audit.Append(now, actor, "token.create", "token", token.Id, null, AuditSummaries.Of(token));
        return token;
    }

    public static void Delete(StoreSession session, TokenRecord token, string actor, DateTimeOffset now)
    {
        session.Tokens.Delete(token.Id);
        session.Audit.Append(now, actor, "token.delete", "token", token.Id, AuditSummaries.Of(token), null);
    }

    private static void RequireActiveAdmin(StoreSession session, string ownerId)
    {
        var owner = session.Users.Find(ownerId) ?? throw Refusals.OwnerUnknown(ownerId).AsException();
        if (!owner.IsActiveAdmin)
        {
            throw Refusals.OwnerNotActiveAdmin(owner).AsException();
        }
    }
}
