using ScimOperator.Crds;
using ScimOperator.Operator.ScimTokens;

namespace ScimOperator.Operator.Tests.ScimTokens;

public sealed class TokenPlannerTests
{
    [Fact]
    public void Issues_the_first_token()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(null, []));
        Assert.Equal("issue #1 to usr_alice: FirstIssue", plan.ToString());
    }

    [Fact]
    public void Does_nothing_when_the_token_is_published_and_the_owner_holds_it()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [Given.Token(1)], 1));
        Assert.Equal("nothing", plan.ToString());
        Assert.Null(plan.NextCheck);
    }

    [Fact]
    public void A_token_generated_before_a_crash_and_never_published_is_revoked_and_its_ordinal_used_again()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(null, [Given.Token(1)]));
        Assert.Equal("revoke orphan tok_1; issue #1 to usr_alice: FirstIssue", plan.ToString());
    }

    [Fact]
    public void A_young_orphan_goes_only_after_another_token_is_published_since_a_late_write_may_still_publish_it()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(null, [Given.Token(1, age: TimeSpan.FromSeconds(10))]));
        Assert.Equal("issue #2 to usr_alice: FirstIssue; revoke orphan tok_1", plan.ToString());
    }

    [Fact]
    public void A_young_orphan_beside_a_Secret_goes_at_once_since_a_write_to_the_Secret_keeps_a_late_one_out()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [Given.Token(1), Given.Token(2, age: TimeSpan.FromSeconds(10))], 1));
        Assert.Equal("revoke orphan tok_2", plan.ToString());
    }

    [Fact]
    public void A_young_orphan_that_nothing_can_replace_is_looked_at_again_when_no_write_can_be_under_way_any_more()
    {
        var plan = Given.Plan(Given.Desired() with { OwnerId = null }, Given.Observed(null, [Given.Token(1, age: TimeSpan.FromSeconds(10))]));
        Assert.Empty(plan.Actions);
        Assert.Equal(Given.Now + TimeSpan.FromSeconds(50), plan.NextCheck);
    }

    [Fact]
    public void A_token_published_before_a_crash_is_current_though_status_does_not_know_it()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(2), [Given.Token(1), Given.Token(2)], 1));
        Assert.Equal("nothing (cut-over waits for use)", plan.ToString());
        Assert.Equal("tok_2", plan.Current!.Token.Id);
    }

    [Fact]
    public void Another_owner_means_a_new_token_and_the_old_one_stays()
    {
        var plan = Given.Plan(Given.Desired("usr_bob"), Given.Observed(Given.Secret(1), [Given.Token(1)], 1));
        Assert.Equal("issue #2 to usr_bob: OwnerChanged", plan.ToString());
    }

    [Theory]
    [InlineData(CutoverPolicy.Verified, false, 120, "nothing (cut-over waits for use)")]
    [InlineData(CutoverPolicy.Verified, true, 30, "nothing (cut-over waits for overlap)")]
    [InlineData(CutoverPolicy.Verified, true, 120, "retire tok_1")]
    [InlineData(CutoverPolicy.Overlap, false, 30, "nothing (cut-over waits for overlap)")]
    [InlineData(CutoverPolicy.Overlap, false, 120, "retire tok_1")]
    [InlineData(CutoverPolicy.Immediate, false, 0, "retire tok_1")]
    public void The_old_token_goes_when_the_cut_over_policy_allows(CutoverPolicy policy, bool used, int minutesPublished, string expected)
    {
        var published = TimeSpan.FromMinutes(minutesPublished);
        var current = Given.Token(2, "usr_bob", used ? Given.Now : null);
        var plan = Given.Plan(
            Given.Desired("usr_bob") with { Cutover = policy },
            Given.Observed(Given.Secret(2, published), [Given.Token(1), current], 1, 2));
        Assert.Equal(expected, plan.ToString());
    }

    [Fact]
    public void Where_use_is_not_reported_the_overlap_decides()
    {
        var plan = Given.Plan(
            Given.Desired() with { UseIsReported = false },
            Given.Observed(Given.Secret(2, TimeSpan.FromHours(2)), [Given.Token(1), Given.Token(2)], 1, 2));
        Assert.Equal("retire tok_1", plan.ToString());
    }

    [Theory]
    [InlineData(CutoverPolicy.Verified)]
    [InlineData(CutoverPolicy.Overlap)]
    [InlineData(CutoverPolicy.Immediate)]
    public void The_old_token_never_goes_while_the_new_owner_is_no_active_admin(CutoverPolicy policy)
    {
        var current = Given.Token(2, "usr_bob", Given.Now, works: false);
        var plan = Given.Plan(
            Given.Desired("usr_bob") with { Cutover = policy },
            Given.Observed(Given.Secret(2, TimeSpan.FromDays(1)), [Given.Token(1), current], 1, 2));
        Assert.Equal("nothing (cut-over waits for owner)", plan.ToString());
    }

    [Fact]
    public void A_lost_Secret_is_replaced_and_what_was_published_is_kept_until_cut_over()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(null, [Given.Token(1)], 1));
        Assert.Equal("issue #2 to usr_alice: SecretLost", plan.ToString());
    }

    [Fact]
    public void An_altered_Secret_is_replaced()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1, intact: false), [Given.Token(1)], 1));
        Assert.Equal("issue #2 to usr_alice: SecretAltered", plan.ToString());
    }

    [Fact]
    public void A_token_gone_at_the_account_is_replaced()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [], 1));
        Assert.Equal("issue #2 to usr_alice: TokenGone", plan.ToString());
    }

    [Fact]
    public void Without_an_eligible_owner_nothing_is_issued_nothing_is_deleted_and_the_want_is_known()
    {
        var plan = Given.Plan(
            Given.Desired() with { OwnerId = null },
            Given.Observed(Given.Secret(1, intact: false), [Given.Token(1), Given.Token(2)], 1, 2));
        Assert.Equal("nothing", plan.ToString());
        Assert.Equal(IssueCause.SecretAltered, plan.Wanted);
    }

    [Fact]
    public void Frozen_means_no_step_at_all()
    {
        var plan = Given.Plan(
            Given.Desired("usr_bob") with { Frozen = true },
            Given.Observed(Given.Secret(1, layout: "other"), [Given.Token(1), Given.Token(3)], 1));
        Assert.Empty(plan.Actions);
        Assert.Equal(IssueCause.OwnerChanged, plan.Wanted);
    }

    [Fact]
    public void Another_layout_keeps_the_token()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1, layout: "other"), [Given.Token(1)], 1));
        Assert.Equal("lay the Secret out anew", plan.ToString());
    }

    [Fact]
    public void A_token_is_renewed_before_two_thirds_of_its_life_are_over()
    {
        var life = TimeSpan.FromDays(90);
        var early = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [Given.Token(1, life: life, age: life * 0.5)], 1));
        var late = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [Given.Token(1, life: life, age: life * 0.67)], 1));

        Assert.Equal("nothing", early.ToString());
        Assert.InRange(early.RenewalTime!.Value, Given.Now, Given.Now + (life * 0.167));
        Assert.Equal(early.RenewalTime, early.NextCheck);
        Assert.Equal("issue #2 to usr_alice: ExpiryNear", late.ToString());
    }

    [Fact]
    public void Renewals_of_tokens_made_together_are_spread_and_always_the_same()
    {
        DateTimeOffset Renewal(int i) => Given.Plan(
            Given.Desired() with { Uid = $"uid-{i}" },
            Given.Observed(Given.Secret(1), [Given.Token(1, life: TimeSpan.FromDays(90))], 1)).RenewalTime!.Value;

        var times = Enumerable.Range(0, 200).Select(Renewal).ToList();

        Assert.Equal(times, Enumerable.Range(0, 200).Select(Renewal));
        Assert.True(times.Distinct().Count() > 190);
        Assert.True(times.Max() - times.Min() > TimeSpan.FromDays(7));
    }

    [Fact]
    public void A_renewBefore_longer_than_half_the_life_does_not_renew_for_ever()
    {
        var plan = Given.Plan(
            Given.Desired() with { RenewBefore = TimeSpan.FromDays(365) },
            Given.Observed(Given.Secret(1), [Given.Token(1, life: TimeSpan.FromDays(90))], 1));
        Assert.Equal("nothing", plan.ToString());
    }

    [Fact]
    public void A_rotation_is_due_after_rotation_every()
    {
        var desired = Given.Desired() with { Every = TimeSpan.FromDays(30) };
        Assert.Equal("nothing", Given.Plan(desired, Given.Observed(Given.Secret(1), [Given.Token(1, age: TimeSpan.FromDays(20))], 1)).ToString());
        Assert.Equal("issue #2 to usr_alice: RotationDue", Given.Plan(desired, Given.Observed(Given.Secret(1), [Given.Token(1, age: TimeSpan.FromDays(31))], 1)).ToString());
    }

    [Fact]
    public void A_requested_rotation_is_done_once()
    {
        var desired = Given.Desired() with { RotateRequest = "2026-06-01" };
        Assert.Equal("issue #2 to usr_alice: RotationRequested", Given.Plan(desired, Given.Observed(Given.Secret(1), [Given.Token(1)], 1)).ToString());
        Assert.Equal("nothing", Given.Plan(desired, Given.Observed(Given.Secret(2, request: "2026-06-01"), [Given.Token(2)], 2)).ToString());
        Assert.Equal("nothing", Given.Plan(desired, Given.Observed(Given.Secret(1), [Given.Token(1)], 1) with { HandledRotateRequest = "2026-06-01" }).ToString());
    }

    [Fact]
    public void What_is_not_urgent_waits_until_the_last_rotation_is_over()
    {
        var observed = Given.Observed(Given.Secret(2), [Given.Token(1), Given.Token(2, age: TimeSpan.FromDays(31))], 1, 2);
        Assert.Equal("nothing (cut-over waits for use)", Given.Plan(Given.Desired() with { RotateRequest = "now", Every = TimeSpan.FromDays(30) }, observed).ToString());
        Assert.Equal("issue #3 to usr_bob: OwnerChanged (cut-over waits for use)", Given.Plan(Given.Desired("usr_bob"), observed).ToString());
    }

    [Fact]
    public void A_replaced_token_whose_status_was_lost_is_retired_with_care_not_revoked()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(3), [Given.Token(2), Given.Token(3)]));
        Assert.Equal("nothing (cut-over waits for use)", plan.ToString());
    }

    [Fact]
    public void A_token_that_was_used_is_never_an_orphan()
    {
        var plan = Given.Plan(Given.Desired(), Given.Observed(Given.Secret(1), [Given.Token(1), Given.Token(2, used: Given.Now)], 1));
        Assert.DoesNotContain(plan.Actions, a => a is TokenAction.RevokeOrphan);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 5)]
    [InlineData(3600, 30)]
    public void Use_is_asked_for_ever_less_often(int secondsPublished, int expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), TokenPlanner.PollInterval(TimeSpan.FromSeconds(secondsPublished)));
}
