namespace ScimOperator.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or allowed.</summary>
    internal const int Allowed = 0;

    /// <summary>It would break provisioning: the guard, or the cluster's own, refuses it.</summary>
    internal const int Denied = 1;

    /// <summary>It can't be known, or what was given can't be accepted.</summary>
    internal const int Unknown = 2;

    /// <summary>It is under way in the cluster, and was not finished within <c>--timeout</c>.</summary>
    internal const int Unfinished = 3;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT, as shells report it.</summary>
    internal const int Interrupted = 130;
}
