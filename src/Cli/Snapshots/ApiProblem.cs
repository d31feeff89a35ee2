namespace ScimOperator.Cli.Snapshots;

/// <summary>A refusal of the admin API (RFC 9457).</summary>
internal sealed record ApiProblem
{
    /// <summary>code: the reason for machines.</summary>
    public string? Code { get; init; }

    /// <summary>detail: for people.</summary>
    public string? Detail { get; init; }
}
