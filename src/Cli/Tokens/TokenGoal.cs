namespace ScimOperator.Cli.Tokens;

/// <summary>What a ScimToken is followed for: to be Ready with one token, and besides that what is given here.</summary>
/// <param name="RotateRequest">The rotation that must have been acknowledged; null for none.</param>
/// <param name="Owner">The AccountUser that spec.ownerRef must go on naming; null for whichever.</param>
internal sealed record TokenGoal(string? RotateRequest = null, string? Owner = null);
