namespace ScimOperator.Runtime.Client;

/// <summary>What to watch, and from where.</summary>
/// <param name="ResourceVersion">Events after this version are delivered.</param>
/// <param name="Namespace">One namespace; all when null.</param>
/// <param name="LabelSelector">Label selector.</param>
/// <param name="FieldSelector">Field selector.</param>
/// <param name="Timeout">How long the server should keep the stream open.</param>
public readonly record struct WatchOptions(
    string ResourceVersion,
    string? Namespace = null,
    string? LabelSelector = null,
    string? FieldSelector = null,
    TimeSpan? Timeout = null);
