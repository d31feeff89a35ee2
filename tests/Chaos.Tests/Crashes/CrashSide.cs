namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>When, at a boundary, the operator is killed.</summary>
internal enum CrashSide
{
    /// <summary>The server never gets the request.</summary>
    BeforeRequest,

    /// <summary>The server has done what was asked; the operator never learns of it.</summary>
    BeforeAnswer,

    /// <summary>The request outlives its sender: it reaches the server once the next process has begun to work.</summary>
    LateRequest,
}
