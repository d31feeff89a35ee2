using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>One user of an account.</summary>
public sealed record AccountUserSpec
{
    /// <summary>accountRef: the Account the user belongs to, in the same namespace. Immutable.</summary>
    [RequiredField]
    [CelRule("self == oldSelf", "accountRef is immutable: create another AccountUser for the other account")]
    public LocalObjectReference AccountRef { get; init => field = value ?? new(); } = new();

    /// <summary>email: identifies the user at the account, without regard to case. An existing user with this email is adopted, not duplicated. Immutable.</summary>
    [RequiredField, Length(3, 254), Pattern(Patterns.Email)]
    [CelRule("self == oldSelf", "email is immutable: create another AccountUser for the other person")]
    public string Email { get; init => field = value ?? ""; } = "";

    /// <summary>displayName: the name shown to people. Absent: left as it is at the account.</summary>
    [Length(1, 256)]
    public string? DisplayName { get; init; }

    /// <summary>userType: Admin, Member, Viewer or Guest. An admin who holds a SCIM token can't be given a lesser type.</summary>
    [RequiredField]
    public UserType UserType { get; init; }

    /// <summary>active: whether the user may use the account. An admin who holds a SCIM token can't be deactivated. Default: true.</summary>
    public bool? Active { get; init; }

    /// <summary>deletionPolicy: what happens to the user at the account when this object is deleted: Retain, Deactivate or Delete. Default: Retain.</summary>
    public UserDeletionPolicy? DeletionPolicy { get; init; }
}
