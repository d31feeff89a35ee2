namespace ScimOperator.Runtime.Client;

/// <summary>What to list. Absent values are not sent.</summary>
/// <param name="Namespace">One namespace; all when null.</param>
/// <param name="LabelSelector">Label selector.</param>
/// <param name="FieldSelector">Field selector.</param>
/// <param name="Limit">Largest page.</param>
/// <param name="Continue">Token of the page to go on with.</param>
/// <param name="ResourceVersion">Null reads the latest state; "0" accepts any that the server has cached.</param>
public readonly record struct ListOptions(
    string? Namespace = null,
    string? LabelSelector = null,
    string? FieldSelector = null,
    int? Limit = null,
    string? Continue = null,
    string? ResourceVersion = null);
