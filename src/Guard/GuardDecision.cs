namespace ScimOperator.Guard;

/// <summary>The guard's answer.</summary>
/// <param name="Outcome">Allow, Deny or Unknown.</param>
/// <param name="Code">One of <see cref="GuardCodes"/>; empty for Allow.</param>
/// <param name="Message">For people: what, which object, why, and the next step; empty for Allow.</param>
public sealed record GuardDecision(GuardOutcome Outcome, string Code = "", string Message = "")
{
    /// <summary>Nothing breaks.</summary>
    public static GuardDecision Allow { get; } = new(GuardOutcome.Allow);

    /// <summary>Whether the change may go on.</summary>
    public bool IsAllowed => Outcome == GuardOutcome.Allow;

    /// <summary>Provisioning would break.</summary>
    public static GuardDecision Deny(string code, string message) => new(GuardOutcome.Deny, code, message);

    /// <summary>It can't be known.</summary>
    public static GuardDecision Unknown(string message) => new(GuardOutcome.Unknown, GuardCodes.NotKnown, message);
}
