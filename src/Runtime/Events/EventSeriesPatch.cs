namespace ScimOperator.Runtime.Events;

/// <summary>Merge patch of an event's series: the one part of an event that may change.</summary>
/// <param name="Series">The series.</param>
internal sealed record EventSeriesPatch(EventSeries Series);
