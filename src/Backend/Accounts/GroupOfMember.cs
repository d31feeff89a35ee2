namespace ScimOperator.Backend.Accounts;

/// <summary>A membership, seen from the member.</summary>
internal sealed record GroupOfMember(string MemberId, string GroupId, string Display);
