using ScimOperator.Crds;

namespace ScimOperator.Cli.Offboarding;

/// <summary>What is left to do of an offboarding, in this order. Without refusals only.</summary>
/// <param name="Refusals">Why nothing may be done; empty when it may.</param>
/// <param name="Notices">What the user should know.</param>
/// <param name="GitNotice">What the user should know of the tool that applies the objects from Git, which would undo it; null when there is none.</param>
/// <param name="ToMove">ScimTokens to be given to the admin who takes over.</param>
/// <param name="Moving">ScimTokens that were given away already, and whose old token the user still holds.</param>
/// <param name="ChangesUser">Whether the AccountUser is still to be changed.</param>
internal sealed record OffboardPlan(
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<string> Notices,
    string? GitNotice,
    IReadOnlyList<ScimToken> ToMove,
    IReadOnlyList<ScimToken> Moving,
    bool ChangesUser)
{
    /// <summary>Whether the user holds nothing any more that this offboarding moves.</summary>
    internal bool IsMoved => ToMove.Count == 0 && Moving.Count == 0;

    internal static OffboardPlan Refused(params IReadOnlyList<Refusal> refusals) => new(refusals, [], null, [], [], false);
}
