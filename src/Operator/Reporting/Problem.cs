using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.Reporting;

/// <summary>Why an object is not Ready.</summary>
/// <param name="Reason">One of <see cref="Crds.Reasons"/>.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Status">False when it is known to be bad, Unknown when it could not be found out.</param>
/// <param name="Terminal">Whether only a change by somebody can mend it (Stalled).</param>
/// <param name="RetryAfter">When to look again, at the earliest.</param>
public sealed record Problem(
    string Reason,
    string Message,
    string Status = ConditionStatus.False,
    bool Terminal = false,
    TimeSpan? RetryAfter = null);
