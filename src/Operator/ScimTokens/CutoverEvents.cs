using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Runtime.Events;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Tells people when a cut-over begins and when it is over: once for each, as the condition CutoverPending comes and goes in
/// the stored status. A process that ends between the write and the event loses the event, never the condition.
/// </summary>
internal sealed class CutoverEvents(IEventRecorder events)
{
    /// <summary>Compares what is stored with what was written in its place.</summary>
    /// <param name="token">The object as it was before the write.</param>
    /// <param name="written">The status that was written.</param>
    /// <param name="replaced">How many replaced tokens are still at the account.</param>
    internal void Record(ScimToken token, ScimTokenStatus written, int replaced)
    {
        var before = Pending(token.Status?.Conditions);
        var after = Pending(written.Conditions);
        if (before is null && after is not null)
        {
            Record(token, Reasons.CutoverStarted, after.Message);
        }
        else if (before is not null && after is null)
        {
            var rest = replaced == 0 ? "no replaced token is left at the account" : $"{replaced} replaced token(s) can be deleted";
            Record(token, Reasons.CutoverFinished, $"The cut-over to token {written.Tokens?[0].Id} is over: {rest}.");
        }
    }

    private void Record(ScimToken token, string reason, string note) =>
        events.Record(token, GroupVersion.ApiVersion, nameof(ScimToken), warning: false, reason, note);

    private static Condition? Pending(IReadOnlyList<Condition>? conditions) =>
        conditions?.FirstOrDefault(c => c.Type == ConditionTypes.CutoverPending);
}
