namespace ScimOperator.Runtime.Client;

/// <summary>The kinds of PATCH the operator uses.</summary>
public enum PatchKind
{
    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>RFC 7386.</summary>
    Merge,

    /// <summary>Server-side apply.</summary>
    Apply,
}
