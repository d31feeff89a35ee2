using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>What to do about tokens that no ScimToken declares.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnmanagedTokenPolicy>))]
public enum UnmanagedTokenPolicy
{
    /// <summary>Count them in status, metrics and a condition.</summary>
    Report,

    /// <summary>Count them, and say nothing.</summary>
    Ignore,
}
