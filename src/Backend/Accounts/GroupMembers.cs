using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Accounts;

/// <summary>
/// Changes the members of one group, row by row: a group may have very many, and an identity provider adds them a few
/// at a time. Remembers what has really changed. Runs inside a write transaction; a refusal undoes it.
/// </summary>
/// <param name="pending">Ids that a bulk request will have created when it is through.</param>
internal sealed class GroupMembers(StoreSession session, string groupId, IReadOnlySet<string> pending)
{
    // What each member touched was before.
    private readonly Dictionary<string, bool> before = [];

    /// <summary>Ids that are members now and were not before, in order.</summary>
    public List<string> Added() => [.. before.Where(e => !e.Value && session.Members.Contains(groupId, e.Key)).Select(e => e.Key)];

    /// <summary>Ids that were members before and are not now, in order.</summary>
    public List<string> Removed() => [.. before.Where(e => e.Value && !session.Members.Contains(groupId, e.Key)).Select(e => e.Key)];

    /// <exception cref="RefusedException">invalidValue: there is no such user or group, or it is this group.</exception>
    public void Add(string memberId)
    {
        if (IsMember(memberId))
        {
            return;
        }

        RequireExists(memberId);
        session.Members.Add(groupId, memberId, Identifiers.IsGroup(memberId));
    }

    public void Remove(string memberId)
    {
        if (IsMember(memberId))
        {
            session.Members.Remove(groupId, memberId);
        }
    }

    /// <exception cref="RefusedException">invalidValue.</exception>
    public void ReplaceAll(IReadOnlyCollection<string> memberIds)
    {
        var wanted = memberIds.ToHashSet();
        foreach (var gone in session.Members.Ids(groupId).Where(id => !wanted.Contains(id)))
        {
            Remove(gone);
        }

        foreach (var id in memberIds)
        {
            Add(id);
        }
    }

    private bool IsMember(string memberId)
    {
        var member = session.Members.Contains(groupId, memberId);
        before.TryAdd(memberId, member);
        return member;
    }

    private void RequireExists(string memberId)
    {
        if (memberId == groupId)
        {
            throw Refusals.Invalid("members", $"Group {groupId} can't be a member of itself.", "invalidValue").AsException();
        }

        if (!pending.Contains(memberId) && session.Users.Find(memberId) is null && session.Groups.Find(memberId) is null)
        {
            throw Refusals.Invalid(
                "members", $"No user or group has the id \"{memberId}\": a member's value must be the id of one on this account.", "invalidValue").AsException();
        }
    }
}
