namespace ScimOperator.Backend.Api;

/// <summary>Answer of <c>GET /api/v1/account</c>.</summary>
internal sealed record AccountView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Plan { get; init; }

    public required CapabilitiesView Capabilities { get; init; }

    public required string ScimUrl { get; init; }

    public required CredentialView Credential { get; init; }

    public required CountsView Counts { get; init; }
}
