namespace ScimOperator.Backend.Accounts;

/// <summary>A membership, seen from the group.</summary>
/// <param name="Id">Id of the user or group that is a member.</param>
/// <param name="IsGroup">Whether the member is a group itself.</param>
/// <param name="Display">The member's name: a user's display name or email, a group's display name.</param>
internal sealed record MemberRecord(string GroupId, string Id, bool IsGroup, string? Display);
