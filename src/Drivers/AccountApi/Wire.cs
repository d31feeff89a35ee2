namespace ScimOperator.Drivers.AccountApi;

/// <summary>Bodies of the admin API, as they stand on the wire. Everything is optional on reading: what is missing is found out, not assumed.</summary>
internal static class Wire
{
    internal sealed record Page<T>
    {
        public IReadOnlyList<T>? Items { get; init; }

        public string? NextCursor { get; init; }
    }

    internal sealed record Account
    {
        public string? Id { get; init; }

        public string? Plan { get; init; }

        public Capabilities? Capabilities { get; init; }

        public string? ScimUrl { get; init; }

        public Credential? Credential { get; init; }
    }

    internal sealed record Capabilities
    {
        public bool? OverlappingTokens { get; init; }

        public int? MaxTokens { get; init; }

        public bool? LastUse { get; init; }

        public bool? Expiry { get; init; }
    }

    internal sealed record Credential
    {
        public string? AdminUserId { get; init; }
    }

    internal sealed record User
    {
        public string? Id { get; init; }

        public string? Email { get; init; }

        public string? DisplayName { get; init; }

        public string? UserType { get; init; }

        public bool? Active { get; init; }

        public long? Version { get; init; }
    }

    internal sealed record UserBody
    {
        public string? Email { get; init; }

        public string? DisplayName { get; init; }

        public string? UserType { get; init; }

        public bool? Active { get; init; }
    }

    internal sealed record Token
    {
        public string? Id { get; init; }

        public string? OwnerId { get; init; }

        public string? Description { get; init; }

        public string? Reference { get; init; }

        public string? LastFour { get; init; }

        public DateTimeOffset? CreatedAt { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }

        public string? Value { get; init; }
    }

    internal sealed record TokenBody
    {
        public string? OwnerId { get; init; }

        public string? Description { get; init; }

        public string? Reference { get; init; }

        public long? ExpiresInSeconds { get; init; }
    }

    internal sealed record Problem
    {
        public string? Code { get; init; }

        public string? Detail { get; init; }

        public string? Title { get; init; }

        public Existing? Existing { get; init; }
    }

    internal sealed record Existing
    {
        public string? Id { get; init; }
    }
}
