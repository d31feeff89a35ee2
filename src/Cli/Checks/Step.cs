namespace ScimOperator.Cli.Checks;

/// <summary>A part of a way to apply the change set safely.</summary>
/// <param name="Number">Which step, from 1: a step is applied, and Ready, before the next begins.</param>
/// <param name="Text">What belongs into it.</param>
/// <param name="Place">The change that is meant; null when the change set has none yet.</param>
internal sealed record Step(int Number, string Text, Place? Place);
