using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>When the token that a rotation replaces may be deleted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CutoverPolicy>))]
public enum CutoverPolicy
{
    /// <summary>When the account has seen the new token used, and the overlap is over.</summary>
    Verified,

    /// <summary>When the overlap is over.</summary>
    Overlap,

    /// <summary>As soon as the new token is published.</summary>
    Immediate,
}
