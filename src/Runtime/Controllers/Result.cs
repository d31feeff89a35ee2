namespace ScimOperator.Runtime.Controllers;

/// <summary>How a reconcile ended.</summary>
/// <param name="RequeueAfter">Look again after this long, at the latest; null: at the next change. Forgets the back-off.</param>
/// <param name="Failed">What was meant was not reached: look again with back-off (and no sooner than <paramref name="RequeueAfter"/>).</param>
public readonly record struct Result(TimeSpan? RequeueAfter = null, bool Failed = false)
{
    /// <summary>Nothing left to do until something changes.</summary>
    public static Result Done => default;

    /// <summary>Look again after a while.</summary>
    public static Result After(TimeSpan delay) => new(delay);

    /// <summary>Try again with back-off; the reason has been reported already.</summary>
    public static Result Retry => new(Failed: true);
}
