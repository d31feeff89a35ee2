using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>When and how a token is replaced.</summary>
public sealed record TokenRotation
{
    /// <summary>every: replace the token this long after it was generated, as a duration such as 720h. Default: only when expiry is near.</summary>
    [Length(2, 32), Pattern(Patterns.GoDuration)]
    [CelRule("duration(self) > duration('0s')", "every must be longer than 0s: leave it out to rotate only when expiry is near")]
    public string? Every { get; init; }

    /// <summary>renewBefore: replace the token this long before it expires. Default: a third of its life.</summary>
    [Length(2, 32), Pattern(Patterns.GoDuration)]
    public string? RenewBefore { get; init; }

    /// <summary>overlap: how long at least the old token is kept after the new one was published. Default: 1h.</summary>
    [Length(2, 32), Pattern(Patterns.GoDuration)]
    public string? Overlap { get; init; }

    /// <summary>cutover: when the old token may be deleted: Verified, Overlap or Immediate. Default: Verified.</summary>
    public CutoverPolicy? Cutover { get; init; }
}
