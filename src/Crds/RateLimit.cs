using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>A limit on the operator's own calls to an account.</summary>
public sealed record RateLimit
{
    /// <summary>requestsPerSecond: sustained rate of calls.</summary>
    [RequiredField, Range(1, 10000)]
    public int RequestsPerSecond { get; init; }

    /// <summary>burst: how many calls may be made at once after a pause. Default: requestsPerSecond.</summary>
    [Range(1, 10000)]
    public int? Burst { get; init; }
}
