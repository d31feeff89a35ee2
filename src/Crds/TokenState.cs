using System.Text.Json.Serialization;

namespace ScimOperator.Crds;

/// <summary>Where a token is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenState>))]
public enum TokenState
{
    /// <summary>Generated at the account, not yet in the Secret.</summary>
    Minted,

    /// <summary>In the Secret, not yet seen used.</summary>
    Published,

    /// <summary>In the Secret and seen used.</summary>
    InUse,

    /// <summary>Replaced: kept until it may be deleted.</summary>
    Retiring,
}
