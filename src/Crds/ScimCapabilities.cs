using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>What a SCIM service provider says it supports (RFC 7643, section 5), corrected by what it turned out to do.</summary>
public sealed record ScimCapabilities
{
    /// <summary>patch: single attributes can be changed; without it users are replaced as a whole, with what the operator does not know kept.</summary>
    public bool? Patch { get; init; }

    /// <summary>filter: a user can be looked for by name; without it all users are read instead.</summary>
    public bool? Filter { get; init; }

    /// <summary>maxResults: most users on one page; absent when the provider does not say.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxResults { get; init; }

    /// <summary>etag: users have versions, so that a change made at the same time by somebody else is noticed.</summary>
    public bool? Etag { get; init; }
}
