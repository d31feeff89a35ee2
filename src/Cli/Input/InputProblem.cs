namespace ScimOperator.Cli.Input;

/// <summary>Something in the input that can't be accepted.</summary>
/// <param name="At">Where.</param>
/// <param name="Message">What, and what to do.</param>
internal sealed record InputProblem(Position At, string Message);
