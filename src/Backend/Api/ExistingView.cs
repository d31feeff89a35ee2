namespace ScimOperator.Backend.Api;

/// <summary>The object that already has a unique value.</summary>
internal sealed record ExistingView
{
    public required string Id { get; init; }

    public string? OwnerId { get; init; }
}
