using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>One token at the account that this ScimToken manages. Never its value.</summary>
public sealed record TokenStatus
{
    /// <summary>id of the token at the account.</summary>
    [RequiredField, Length(1, 256)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>ordinal: counts the tokens generated for this object, from 1.</summary>
    [Range(0, int.MaxValue)]
    public int? Ordinal { get; init; }

    /// <summary>ownerId: the account's id of the admin it was issued to.</summary>
    [Length(0, 256)]
    public string? OwnerId { get; init; }

    /// <summary>owner: name of the AccountUser it was issued to.</summary>
    [Length(0, 253)]
    public string? Owner { get; init; }

    /// <summary>state: Minted, Published, InUse or Retiring.</summary>
    [RequiredField]
    public TokenState State { get; init; }

    /// <summary>lastFour: the last four characters of the token, to recognise it.</summary>
    [Length(0, 4)]
    public string? LastFour { get; init; }

    /// <summary>mintedAt: when the account generated it.</summary>
    public DateTimeOffset? MintedAt { get; init; }

    /// <summary>publishedAt: when it was put into the Secret.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>expiresAt: when it stops working by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>lastUsedAt: when the account last saw it used, to the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
