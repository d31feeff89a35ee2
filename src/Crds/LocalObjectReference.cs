using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>Names an object in the same namespace.</summary>
public sealed record LocalObjectReference
{
    /// <summary>name of the object, in the same namespace.</summary>
    [RequiredField, Length(1, 253), Pattern(Patterns.DnsSubdomain)]
    public string Name { get; init => field = value ?? ""; } = "";
}
