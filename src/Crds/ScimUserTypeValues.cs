using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>A service provider's words for the types of users; compared without regard to case. They must differ from each other.</summary>
[CelRule("has(self.admin)", "values.admin is missing: who is an admin must be known, because only admins hold SCIM tokens")]
public sealed record ScimUserTypeValues
{
    /// <summary>admin: the word for Admin.</summary>
    [Length(1, 256), Pattern(Patterns.ScimValue)]
    public string? Admin { get; init; }

    /// <summary>member: the word for Member.</summary>
    [Length(1, 256), Pattern(Patterns.ScimValue)]
    public string? Member { get; init; }

    /// <summary>viewer: the word for Viewer.</summary>
    [Length(1, 256), Pattern(Patterns.ScimValue)]
    public string? Viewer { get; init; }

    /// <summary>guest: the word for Guest.</summary>
    [Length(1, 256), Pattern(Patterns.ScimValue)]
    public string? Guest { get; init; }
}
