using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Reporting;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Runtime.Events;

namespace ScimOperator.Operator.Tests.ScimTokens;

public sealed class CutoverEventsTests : IEventRecorder
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<string> recorded = [];

    [Theory]
    [InlineData(false, false, "")]
    [InlineData(false, true, "CutoverStarted")]
    [InlineData(true, true, "")]
    [InlineData(true, false, "CutoverFinished")]
    public void Each_transition_is_told_once(bool before, bool after, string expected)
    {
        new CutoverEvents(this).Record(Token(before), Status(after), 0);
        Assert.Equal(expected.Length == 0 ? [] : [expected], recorded);
    }

    [Fact]
    public void A_cut_over_stays_pending_since_when_it_began_while_the_account_can_not_be_asked()
    {
        var unobserved = TokenReport.Unobserved(Token(pending: true), new Problem(Reasons.Unreachable, "no answer", ConditionStatus.Unknown), Noon.AddHours(1));

        var kept = Assert.Single(unobserved.Conditions!, c => c.Type == ConditionTypes.CutoverPending);
        Assert.Equal(Noon, kept.LastTransitionTime);
        new CutoverEvents(this).Record(Token(pending: true), unobserved, 0);
        Assert.Empty(recorded);
    }

    void IEventRecorder.Record(IKubernetesObject regarding, string apiVersion, string kind, bool warning, string reason, string note) => recorded.Add(reason);

    private static ScimToken Token(bool pending) => new() { Metadata = new ObjectMeta { Name = "okta", Namespace = "acme", Generation = 2 }, Status = Status(pending) };

    private static ScimTokenStatus Status(bool pending) => new()
    {
        Tokens = [new TokenStatus { Id = "tok_1" }],
        Conditions = new ConditionSet(null, 1, Noon).SetIf(pending, ConditionTypes.CutoverPending, Reasons.WaitingForUse, "The old token is kept.").ToList(),
    };
}
