namespace ScimOperator.Cli.Offboarding;

/// <summary>Why an offboarding can't begin or go on.</summary>
/// <param name="Message">For people: what stands in the way and what to do.</param>
/// <param name="ByGuard">Whether it would break provisioning; else something has to be put right first.</param>
internal sealed record Refusal(string Message, bool ByGuard);
