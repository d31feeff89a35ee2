namespace ScimOperator.Backend.Accounts;

/// <summary>One user as stored. Both doors (admin API and SCIM) read and write this one row.</summary>
/// <param name="Seq">Position in creation order; pages are cut along it.</param>
/// <param name="Id">Stable identifier, <c>usr_</c> and 32 hexadecimal digits.</param>
/// <param name="Email">Also SCIM's userName; unique on the account, ignoring case.</param>
/// <param name="Attributes">The SCIM attributes the account itself has no use for, as canonical JSON; null when there are none.</param>
/// <param name="Version">Grows by one with every change; the ETag.</param>
internal sealed record UserRecord(
    long Seq,
    string Id,
    string Email,
    string? DisplayName,
    UserType Type,
    bool Active,
    string? ExternalId,
    string? Attributes,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public bool IsActiveAdmin => Active && Type == UserType.Admin;

    /// <summary>A user that is not stored yet.</summary>
    public static UserRecord Draft(string email, UserType type, bool active, string? displayName = null) =>
        new(0, "", email, displayName, type, active, null, null, 0, default, default);

    /// <summary>Whether storing <paramref name="other"/> over this would change anything that somebody set.</summary>
    public bool SameContent(UserRecord other) =>
        this == other with { Seq = Seq, Id = Id, Version = Version, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt };
}
