namespace ScimOperator.ControlPlanes.Processes;

/// <summary>The signals that fault tests send, with their Linux numbers.</summary>
public enum ChildSignal
{
    /// <summary>Asks whether the process is there; sends nothing.</summary>
    None = 0,

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL: ends at once, without any clean-up.</summary>
    Kill = 9,

    /// <summary>SIGTERM: the polite request to end.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: runs on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: freezes the process; its connections stay open and silent.</summary>
    Stop = 19,
}
