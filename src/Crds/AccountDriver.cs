using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>How the operator talks to an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccountDriver>))]
public enum AccountDriver
{
    /// <summary>The account's admin API: users and SCIM tokens.</summary>
    AccountApi,

    /// <summary>A SCIM 2.0 service provider: users only.</summary>
    Scim,
}
