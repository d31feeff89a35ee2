namespace ScimOperator.Cli.Checks;

/// <summary>How much a finding weighs, the heaviest first.</summary>
internal enum FindingLevel
{
    /// <summary>The input can't be accepted.</summary>
    Invalid,

    /// <summary>The change would break provisioning.</summary>
    Denied,

    /// <summary>It can't be known whether the change would break provisioning.</summary>
    Unknown,

    /// <summary>Worth knowing; refuses nothing.</summary>
    Notice,
}
