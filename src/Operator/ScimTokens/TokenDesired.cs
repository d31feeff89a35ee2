using ScimOperator.Crds;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>What a ScimToken asks for, with references resolved.</summary>
public sealed record TokenDesired
{
    /// <summary>metadata.uid.</summary>
    public required string Uid { get; init; }

    /// <summary>The owner's id at the account; null while a new token can't be issued to the owner.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Replace the token this long after it was generated.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Replace the token this long before it expires; null: a third of its life.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>Keep the old token at least this long.</summary>
    public TimeSpan Overlap { get; init; }

    /// <summary>When the old token may go.</summary>
    public CutoverPolicy Cutover { get; init; }

    /// <summary>Whether the account reports last use.</summary>
    public bool UseIsReported { get; init; }

    /// <summary>The rotate-requested-at annotation.</summary>
    public string? RotateRequest { get; init; }

    /// <summary>Checksum of how the Secret is to look, its values aside.</summary>
    public required string LayoutChecksum { get; init; }

    /// <summary>Whether nothing may be generated or deleted (suspended, paused, observe only).</summary>
    public bool Frozen { get; init; }
}
