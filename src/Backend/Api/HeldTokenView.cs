namespace ScimOperator.Backend.Api;

/// <summary>A token that stands in the way of a change.</summary>
internal sealed record HeldTokenView
{
    public required string Id { get; init; }

    public required string Description { get; init; }

    public required string LastFour { get; init; }

    public string? Reference { get; init; }
}
