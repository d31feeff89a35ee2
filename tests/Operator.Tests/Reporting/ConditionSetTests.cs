using ScimOperator.ApiMachinery;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.Tests.Reporting;

public sealed class ConditionSetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ready_comes_first_and_the_others_by_name() => Assert.Equal(
        ["Ready", "CutoverPending", "Stalled"],
        new ConditionSet(null, 1, Noon).Set("Stalled", "True", "R", "m").Set("CutoverPending", "True", "R", "m").Set("Ready", "False", "R", "m").ToList().Select(c => c.Type));

    [Fact]
    public void The_transition_time_moves_only_when_the_status_does()
    {
        var first = new ConditionSet(null, 1, Noon).Set("Ready", "False", "Waiting", "m").ToList();
        var second = new ConditionSet(first, 2, Noon.AddHours(1)).Set("Ready", "False", "StillWaiting", "n").ToList();
        var third = new ConditionSet(second, 2, Noon.AddHours(2)).Set("Ready", "True", "Done", "o").ToList();

        Assert.Equal((Noon, 2L), (second[0].LastTransitionTime, second[0].ObservedGeneration));
        Assert.Equal(Noon.AddHours(2), third[0].LastTransitionTime);
    }

    [Fact]
    public void Times_are_whole_seconds() => Assert.Equal(
        Noon, new ConditionSet(null, 1, Noon.AddMilliseconds(999)).Set("Ready", "True", "R", "m").ToList()[0].LastTransitionTime);

    [Fact]
    public void What_does_not_hold_any_more_is_gone() => Assert.Equal(
        ["Ready"],
        new ConditionSet([new Condition { Type = "Stalled", Status = "True", Reason = "R", Message = "m", LastTransitionTime = Noon }], 1, Noon)
            .Set("Ready", "True", "R", "m").SetIf(false, "Stalled", "R", "m").ToList().Select(c => c.Type));

    [Fact]
    public void A_huge_message_is_cut_below_the_schemas_limit() =>
        Assert.True(new ConditionSet(null, 1, Noon).Set("Ready", "True", "R", new string('x', 100_000)).ToList()[0].Message.Length <= 32768);
}
