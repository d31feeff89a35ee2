namespace ScimOperator.Crds;

/// <summary>How users stand at a SCIM service provider.</summary>
public sealed record ScimSettings
{
    /// <summary>userType: where the provider keeps what kind of user somebody is. Default: the attribute userType with the values Admin, Member, Viewer, Guest.</summary>
    public ScimUserType? UserType { get; init; }
}
