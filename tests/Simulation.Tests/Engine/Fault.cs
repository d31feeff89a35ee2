namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>What befalls one call.</summary>
internal enum Fault
{
    None,

    /// <summary>The answer takes seconds.</summary>
    Slow,

    /// <summary>Refused before anything happened: a server error, or no connection.</summary>
    Fail,

    /// <summary>409 without a cause that can be seen.</summary>
    Conflict,

    /// <summary>429 with Retry-After.</summary>
    Busy,

    /// <summary>The effect happens, and the caller gets an error.</summary>
    CutAfter,

    /// <summary>The caller gives up; the effect happens after that.</summary>
    LateCommit,

    /// <summary>A list lacks some items and repeats others.</summary>
    StaleList,

    /// <summary>The process ends before the call takes effect; it may still do so.</summary>
    CrashBefore,

    /// <summary>The process ends after the call has taken effect.</summary>
    CrashAfter,
}
