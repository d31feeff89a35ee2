namespace ScimOperator.Cli.Snapshots;

/// <summary>What GET /api/v1/account says that a snapshot needs.</summary>
internal sealed record ApiAccount
{
    /// <summary>credential: whom the credential stands for.</summary>
    public ApiCredential? Credential { get; init; }

    internal sealed record ApiCredential
    {
        /// <summary>adminUserId.</summary>
        public string? AdminUserId { get; init; }
    }
}
