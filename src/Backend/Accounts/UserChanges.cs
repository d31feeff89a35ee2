using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Accounts;

/// <summary>Creates, changes and deletes users. Runs inside a write transaction; a refusal undoes it.</summary>
internal static class UserChanges
{
    /// <param name="draft">Its id is taken if it has one: within a bulk request others may refer to it before it is stored.</param>
    /// <exception cref="RefusedException">email_conflict.</exception>
    public static UserRecord Create(StoreSession session, UserRecord draft, string actor, DateTimeOffset now)
    {
        RequireFreeEmail(session, draft.Email, null);
        var user = draft with { Id = draft.Id.Length > 0 ? draft.Id : Identifiers.ForUser(now), Version = 1, CreatedAt = now, UpdatedAt = now };
        session.Users.Insert(user);
        session.Audit.Append(now, actor, "user.create", "user", user.Id, null, AuditSummaries.Of(user));
        return user;
    }

    /// <summary>Stores <paramref name="after"/> over <paramref name="before"/>. What changes nothing keeps version and time, and leaves no audit event.</summary>
    /// <exception cref="RefusedException">admin_holds_scim_token, last_admin, email_conflict.</exception>
    public static UserRecord Update(StoreSession session, UserRecord before, UserRecord after, string actor, DateTimeOffset now)
    {
        if (before.SameContent(after))
        {
            return before;
        }

        AdminGuard.Check(session, before, after, now);
        RequireFreeEmail(session, after.Email, before.Id);
        var user = after with { Seq = before.Seq, Id = before.Id, Version = before.Version + 1, CreatedAt = before.CreatedAt, UpdatedAt = now };
        session.Users.Update(user, before.Attributes);
        if (user.DisplayName != before.DisplayName || user.Email != before.Email)
        {
            session.Groups.TouchGroupsOf(user.Id, now);
        }

        session.Audit.Append(now, actor, "user.update", "user", user.Id, AuditSummaries.Of(before), AuditSummaries.Of(user));
        return user;
    }

    /// <summary>Deletes a user with the expired tokens that are still listed under it, and its memberships.</summary>
    /// <exception cref="RefusedException">admin_holds_scim_token, last_admin.</exception>
    public static void Delete(StoreSession session, UserRecord user, string actor, DateTimeOffset now)
    {
        AdminGuard.Check(session, user, null, now);
        foreach (var expired in session.Tokens.AllOf(user.Id))
        {
            TokenChanges.Delete(session, expired, actor, now);
        }

        session.Groups.TouchGroupsOf(user.Id, now);
        session.Members.RemoveEverywhere(user.Id);
        session.Users.Delete(user);
        session.Audit.Append(now, actor, "user.delete", "user", user.Id, AuditSummaries.Of(user), null);
    }

    private static void RequireFreeEmail(StoreSession session, string email, string? exceptId)
    {
        if (session.Users.FindByEmail(email) is { } existing && existing.Id != exceptId)
        {
            throw Refusals.EmailConflict(existing).AsException();
        }
    }
}
