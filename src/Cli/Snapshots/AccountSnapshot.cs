namespace ScimOperator.Cli.Snapshots;

/// <summary>What an account had at one moment: its users and tokens, never a token's value. Written by <c>kubectl scim snapshot</c>.</summary>
internal sealed record AccountSnapshot
{
    /// <summary>The version of the format.</summary>
    internal const int CurrentVersion = 1;

    /// <summary>version of the format.</summary>
    public int Version { get; init; }

    /// <summary>namespace of the Account it is for; absent: whichever.</summary>
    public string? Namespace { get; init; }

    /// <summary>account: name of the Account it is for.</summary>
    public string? Account { get; init; }

    /// <summary>url it was read from.</summary>
    public string? Url { get; init; }

    /// <summary>takenAt: before the first call.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>credentialAdminId: id of the admin behind the credential that the account was asked with.</summary>
    public string? CredentialAdminId { get; init; }

    /// <summary>users of the account.</summary>
    public IReadOnlyList<SnapshotUser>? Users { get; init; }

    /// <summary>tokens of the account.</summary>
    public IReadOnlyList<SnapshotToken>? Tokens { get; init; }
}
