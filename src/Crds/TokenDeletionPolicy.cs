using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>What happens to the token at the account when its ScimToken is deleted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenDeletionPolicy>))]
public enum TokenDeletionPolicy
{
    /// <summary>Delete the token.</summary>
    Revoke,

    /// <summary>Leave the token; it becomes unmanaged.</summary>
    Retain,
}
