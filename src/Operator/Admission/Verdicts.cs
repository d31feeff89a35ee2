using ScimOperator.Guard;
using ScimOperator.Runtime.Admission;

namespace ScimOperator.Operator.Admission;

/// <summary>Turns the guard's decision into an admission verdict: not knowing is a denial.</summary>
internal static class Verdicts
{
    internal static AdmissionVerdict ToVerdict(this GuardDecision decision, string? warning = null) => decision.Outcome switch
    {
        GuardOutcome.Allow => AllowWith(warning),
        GuardOutcome.Unknown => new AdmissionVerdict(false, "ServiceUnavailable", 503, decision.Message),
        _ => AdmissionVerdict.Deny(decision.Message),
    };

    internal static AdmissionVerdict AllowWith(string? warning) =>
        warning is null ? AdmissionVerdict.Allow : AdmissionVerdict.Allow with { Warnings = [warning] };

    internal static AdmissionVerdict Immutable(string subject, string field, string instead) =>
        new(false, "Invalid", 422, $"{subject}: {field} is immutable. {instead}");

    internal static AdmissionVerdict NotSynced(string subject) =>
        new(false, "ServiceUnavailable", 503, $"{subject} can't be judged now: this replica of the operator has just started and has not read the cluster yet. Try again in a moment.");
}
