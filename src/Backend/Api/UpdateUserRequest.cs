using System.Text.Json;

namespace ScimOperator.Backend.Api;

/// <summary>Body of <c>PATCH /api/v1/users/{id}</c>: what is absent stays.</summary>
internal sealed record UpdateUserRequest
{
    public string? Email { get; init; }

    /// <summary>An element, to tell null (which clears the name) from absent (which keeps it).</summary>
    public JsonElement DisplayName { get; init; }

    public string? UserType { get; init; }

    public bool? Active { get; init; }
}
