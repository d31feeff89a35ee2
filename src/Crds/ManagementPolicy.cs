using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>What the operator may do: to an account, or to a token.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ManagementPolicy>))]
public enum ManagementPolicy
{
    /// <summary>Carry out what manifests declare.</summary>
    Manage,

    /// <summary>Read only: show the difference, write nothing.</summary>
    Observe,
}
