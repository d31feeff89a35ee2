namespace ScimOperator.Runtime.Admission;

/// <summary>Limits of the admission endpoint.</summary>
public sealed record AdmissionOptions
{
    /// <summary>
    /// Largest review, in bytes. The API server accepts objects of 3 MiB; an update's review holds two of them.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Deepest nesting of a review.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>
    /// Longest time for a verdict; shorter when the API server asks for less (?timeout=5s): it must have the denial before it gives up.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Longest time to receive a review.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest message, in characters: API server and kubectl show it whole.</summary>
    public int MaxMessageLength { get; init; } = 32 * 1024;
}
