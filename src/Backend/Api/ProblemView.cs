namespace ScimOperator.Backend.Api;

/// <summary>An error of the admin API (RFC 9457).</summary>
internal sealed record ProblemView
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    public required string Code { get; init; }

    public string? Field { get; init; }

    public IReadOnlyList<HeldTokenView>? Tokens { get; init; }

    public ExistingView? Existing { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>How many tokens are in the way beside those listed.</summary>
    public int? MoreTokens { get; init; }

    public long? CurrentVersion { get; init; }
}
