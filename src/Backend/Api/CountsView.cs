namespace ScimOperator.Backend.Api;

/// <summary>How much the account holds.</summary>
internal sealed record CountsView
{
    public required long Users { get; init; }

    public required long ActiveAdmins { get; init; }

    /// <summary>Tokens listed, expired ones included.</summary>
    public required long Tokens { get; init; }

    public required long LiveTokens { get; init; }
}
