namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>One fault of a storm.</summary>
/// <param name="At">Since the storm began.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Lasts">How long what was killed stays away, or the weather stays rough.</param>
/// <param name="Choice">Picks one of several targets.</param>
internal sealed record PlannedFault(TimeSpan At, FaultKind Kind, TimeSpan Lasts, int Choice);
