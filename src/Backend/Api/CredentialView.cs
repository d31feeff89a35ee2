namespace ScimOperator.Backend.Api;

/// <summary>The credential that asks, so that its user never removes the admin behind it.</summary>
internal sealed record CredentialView
{
    public required string Name { get; init; }

    /// <summary>The admin this credential stands for; it stops working when that user is no active admin any more.</summary>
    public string? AdminUserId { get; init; }

    public string? AdminEmail { get; init; }
}
