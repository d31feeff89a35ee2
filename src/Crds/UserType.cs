using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>The kinds of user an account knows, from most to least powerful.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserType>))]
public enum UserType
{
    /// <summary>May administer the account and generate SCIM tokens.</summary>
    Admin,

    /// <summary>An ordinary full user.</summary>
    Member,

    /// <summary>May look, not change.</summary>
    Viewer,

    /// <summary>Sees only what was shared with them.</summary>
    Guest,
}
