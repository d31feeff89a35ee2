using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Accounts;

/// <summary>Creates, changes and deletes groups. Runs inside a write transaction; a refusal undoes it.</summary>
internal static class GroupChanges
{
    /// <param name="draft">Its id is taken if it has one: within a bulk request others may refer to it before it is stored.</param>
    /// <param name="fill">Adds the first members.</param>
    /// <exception cref="RefusedException">group_name_conflict, and what <paramref name="fill"/> refuses.</exception>
    public static GroupRecord Create(
        StoreSession session, GroupRecord draft, IReadOnlySet<string> pending, Action<GroupMembers> fill, string actor, DateTimeOffset now)
    {
        RequireFreeName(session, draft.DisplayName, null);
        var group = draft with { Id = draft.Id.Length > 0 ? draft.Id : Identifiers.ForGroup(now), Version = 1, CreatedAt = now, UpdatedAt = now };
        session.Groups.Insert(group);
        var members = new GroupMembers(session, group.Id, pending);
        fill(members);
        session.Audit.Append(now, actor, "group.create", "group", group.Id, null, AuditSummaries.Of(group, members.Added(), []));
        return group;
    }

    /// <summary>
    /// Stores <paramref name="after"/> over <paramref name="before"/>, whose members have been changed already. What
    /// changes nothing keeps version and time, and leaves no audit event.
    /// </summary>
    /// <exception cref="RefusedException">group_name_conflict.</exception>
    public static GroupRecord Update(
        StoreSession session, GroupRecord before, GroupRecord after, GroupMembers members, string actor, DateTimeOffset now)
    {
        var (added, removed) = (members.Added(), members.Removed());
        if (before == after && added.Count + removed.Count == 0)
        {
            return before;
        }

        RequireFreeName(session, after.DisplayName, before.Id);
        var group = after with { Version = before.Version + 1, UpdatedAt = now };
        session.Groups.Update(group);
        if (group.DisplayName != before.DisplayName)
        {
            session.Groups.TouchGroupsOf(group.Id, now);
        }

        session.Audit.Append(
            now, actor, "group.update", "group", group.Id, AuditSummaries.Of(before, [], []), AuditSummaries.Of(group, added, removed));
        return group;
    }

    /// <summary>Deletes a group with its memberships; its members stay.</summary>
    public static void Delete(StoreSession session, GroupRecord group, string actor, DateTimeOffset now)
    {
        session.Groups.TouchGroupsOf(group.Id, now);
        session.Members.RemoveEverywhere(group.Id);
        session.Members.RemoveAllOf(group.Id);
        session.Groups.Delete(group.Id);
        session.Audit.Append(now, actor, "group.delete", "group", group.Id, AuditSummaries.Of(group, [], []), null);
    }

    private static void RequireFreeName(StoreSession session, string displayName, string? exceptId)
    {
        if (session.Groups.FindByName(displayName) is { } existing && existing.Id != exceptId)
        {
            throw Refusals.GroupNameConflict(existing).AsException();
        }
    }
}
