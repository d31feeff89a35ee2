using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Api;

/// <summary>A user on the wire.</summary>
internal sealed record UserView
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public string? DisplayName { get; init; }

    public required string UserType { get; init; }

    public required bool Active { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static UserView Of(UserRecord user) => new()
    {
        Id = user.Id,
        Email = user.Email,
        DisplayName = user.DisplayName,
        UserType = Names.Of(user.Type),
        Active = user.Active,
        Version = user.Version,
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
    };
}
