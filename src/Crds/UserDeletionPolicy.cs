using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>What happens to the user at the account when its AccountUser is deleted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserDeletionPolicy>))]
public enum UserDeletionPolicy
{
    /// <summary>Leave the user as it is.</summary>
    Retain,

    /// <summary>Deactivate the user.</summary>
    Deactivate,

    /// <summary>Delete the user.</summary>
    Delete,
}
