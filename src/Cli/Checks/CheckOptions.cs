namespace ScimOperator.Cli.Checks;

/// <summary>How strict a check is.</summary>
internal sealed record CheckOptions
{
    /// <summary>Whether a change that can't be judged without the account is Unknown when no snapshot was given.</summary>
    internal bool RequireSnapshot { get; init; }

    /// <summary>How old a snapshot may be.</summary>
    internal TimeSpan MaxSnapshotAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether a token that moves in an earlier Argo CD sync wave counts as moved.</summary>
    internal bool TrustSyncWaves { get; init; }
}
