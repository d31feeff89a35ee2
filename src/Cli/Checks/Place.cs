using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Checks;

/// <summary>A position on one of the two sides.</summary>
/// <param name="Side">The side.</param>
/// <param name="At">The position.</param>
internal sealed record Place(Side Side, Position At);
