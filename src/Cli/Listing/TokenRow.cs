namespace ScimOperator.Cli.Listing;

/// <summary>One token of an account, or a ScimToken that has none yet. Never a token's value.</summary>
internal sealed record TokenRow
{
    /// <summary>A ScimToken that has no token.</summary>
    internal const string Pending = "Pending";

    /// <summary>A token that a ScimToken declares and does not manage.</summary>
    internal const string Observed = "Observed";

    /// <summary>A token that no ScimToken declares.</summary>
    internal const string Unmanaged = "Unmanaged";

    /// <summary>Namespace of the Account.</summary>
    internal required string Namespace { get; init; }

    /// <summary>Name of the Account.</summary>
    internal required string Account { get; init; }

    /// <summary>State of the token as status has it, or <see cref="Pending"/>, <see cref="Observed"/> or <see cref="Unmanaged"/>.</summary>
    internal required string State { get; init; }

    /// <summary>Id at the account; null for <see cref="Pending"/>, and where it is not known.</summary>
    internal string? Id { get; init; }

    /// <summary>Description at the account.</summary>
    internal string? Description { get; init; }

    /// <summary>Name of the AccountUser it is issued to; else the email, else the account's id of the user.</summary>
    internal string? Owner { get; init; }

    /// <summary>Last four characters of the value, to recognise it.</summary>
    internal string? LastFour { get; init; }

    /// <summary>When it was generated; null when that is not known here.</summary>
    internal DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last used, as far as the source says.</summary>
    internal DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it stops working by itself; null when it does not expire, or that is not known here.</summary>
    internal DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Name of the ScimToken; null when there is none.</summary>
    internal string? ScimToken { get; init; }

    /// <summary>Name of the Secret; null when there is none.</summary>
    internal string? Secret { get; init; }

    /// <summary>Whether the account itself was asked; else it is what the operator last reported.</summary>
    internal bool Live { get; init; }
}
