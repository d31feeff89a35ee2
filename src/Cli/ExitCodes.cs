namespace ScimOperator.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or allowed.</summary>
    internal const int Allowed = 0;

    /// <summary>The change set would break provisioning.</summary>
    internal const int Denied = 1;

    /// <summary>It can't be known, or what was given can't be accepted.</summary>
    internal const int Unknown = 2;
}
