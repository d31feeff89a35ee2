namespace ScimOperator.Backend.Accounts;

/// <summary>One group as stored; its members are rows of their own.</summary>
/// <param name="Seq">Position in creation order; pages are cut along it.</param>
/// <param name="Id">Stable identifier, <c>grp_</c> and 32 hexadecimal digits.</param>
/// <param name="DisplayName">Unique on the account, ignoring case: identity providers find groups by it.</param>
/// <param name="Version">Grows by one with every change, of its members too; the ETag.</param>
internal sealed record GroupRecord(
    long Seq,
    string Id,
    string DisplayName,
    string? ExternalId,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>A group that is not stored yet.</summary>
    public static GroupRecord Draft(string displayName, string? externalId) => new(0, "", displayName, externalId, 0, default, default);
}
