namespace ScimOperator.Cli.Checks;

/// <summary>Something the check has to say.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Code">What it is, for machines.</param>
/// <param name="Subject">The object, for example <c>AccountUser acme/alice</c>; empty when it is a file.</param>
/// <param name="Message">What, why, and what to do.</param>
/// <param name="Place">Where; null when it concerns the whole.</param>
internal sealed record Finding(FindingLevel Level, string Code, string Subject, string Message, Place? Place)
{
    /// <summary>How to split the change set so that it is safe; empty when the message says it all.</summary>
    internal IReadOnlyList<Step> Steps { get; init; } = [];
}
