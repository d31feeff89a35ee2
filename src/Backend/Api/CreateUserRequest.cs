namespace ScimOperator.Backend.Api;

/// <summary>Body of <c>POST /api/v1/users</c>.</summary>
internal sealed record CreateUserRequest
{
    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Member when absent.</summary>
    public string? UserType { get; init; }

    /// <summary>True when absent.</summary>
    public bool? Active { get; init; }
}
