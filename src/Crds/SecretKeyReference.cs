using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>One key of a Secret in the same namespace.</summary>
public sealed record SecretKeyReference
{
    /// <summary>name of the Secret, in the same namespace.</summary>
    [RequiredField, Length(1, 253), Pattern(Patterns.DnsSubdomain)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>key in the Secret's data.</summary>
    [RequiredField, Length(1, 253), Pattern(Patterns.SecretKey)]
    public string Key { get; init => field = value ?? ""; } = "";
}
