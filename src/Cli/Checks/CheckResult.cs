namespace ScimOperator.Cli.Checks;

/// <summary>What the check found.</summary>
/// <param name="Base">How the base is called.</param>
/// <param name="Head">How the head is called.</param>
/// <param name="Changes">The objects that are touched.</param>
/// <param name="Findings">What there is to say, the heaviest first.</param>
internal sealed record CheckResult(string Base, string Head, IReadOnlyList<ObjectChange> Changes, IReadOnlyList<Finding> Findings)
{
    /// <summary>allowed, denied, unknown or invalid.</summary>
    internal string Outcome => Worst switch
    {
        FindingLevel.Invalid => "invalid",
        FindingLevel.Denied => "denied",
        FindingLevel.Unknown => "unknown",
        _ => "allowed",
    };

    /// <summary>0 allowed, 1 denied, 2 unknown or bad input.</summary>
    internal int ExitCode => Worst switch
    {
        FindingLevel.Notice => ExitCodes.Allowed,
        FindingLevel.Denied => ExitCodes.Denied,
        _ => ExitCodes.Unknown,
    };

    private FindingLevel Worst => Findings.Count == 0 ? FindingLevel.Notice : Findings.Min(f => f.Level);

    internal int Count(FindingLevel level) => Findings.Count(f => f.Level == level);
}
