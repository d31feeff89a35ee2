using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Tests;

/// <summary>What is said of a ScimToken from one sighting to the next.</summary>
public sealed class TokenFollowerTests
{
    private const string Request = "2026-08-20T12:00:00Z";
    private static readonly DateTimeOffset Published = new(2026, 8, 20, 12, 0, 5, TimeSpan.Zero);
    private static readonly TokenStatus Old = new() { Id = "t1", Ordinal = 1, Owner = "alice", State = TokenState.InUse, LastFour = "aaa1" };
    private static readonly TokenStatus Fresh = new() { Id = "t2", Ordinal = 2, Owner = "alice", State = TokenState.Published, LastFour = "bbb2", PublishedAt = Published };

    [Fact]
    public void A_rotation_is_over_when_it_is_acknowledged_and_one_token_is_left()
    {
        var follower = Rotation();
        Assert.Equal("okta: the rotation was asked for and has not begun.", follower.Observe("okta", Token([Old])));
        Assert.Null(follower.Observe("okta", Token([Old])));
        Assert.Equal(
            "okta: token t1 (...aaa1) Retiring, issued to alice; token t2 (...bbb2) Published, issued to alice. Let the identity provider read it.",
            follower.Observe("okta", Token([Fresh, Retiring(Old)], handled: Request, Pending(Reasons.WaitingForUse, "Let the identity provider read it."))));
        Assert.False(follower.IsDone);
        Assert.Equal(
            "okta: token t1 (...aaa1) Retiring, issued to alice; token t2 (...bbb2) InUse, issued to alice. Until the overlap is over. That is at 2026-08-20 12:30:05 UTC.",
            follower.Observe("okta", Token([InUse(Fresh), Retiring(Old)], handled: Request, Pending(Reasons.WaitingForOverlap, "Until the overlap is over."))));
        Assert.Equal("okta: done: token t2 (...bbb2) InUse, issued to alice, is in Secret okta-scim.", follower.Observe("okta", Token([InUse(Fresh)], handled: Request)));
        Assert.True(follower.IsDone);
        Assert.Empty(follower.Pending);
    }

    [Fact]
    public void Ready_with_one_token_is_not_enough_before_the_request_is_acknowledged()
    {
        var follower = Rotation();
        follower.Observe("okta", Token([Old], handled: "an earlier one"));
        Assert.False(follower.IsDone);
    }

    [Fact]
    public void A_later_request_that_was_acknowledged_answers_this_one_too()
    {
        var follower = Rotation();
        var token = Token([InUse(Fresh)], handled: "later");
        follower.Observe("okta", token with { Metadata = token.Metadata with { Annotations = new Dictionary<string, string> { [WellKnown.RotateRequestedAt] = "later" } } });
        Assert.True(follower.IsDone);
    }

    [Fact]
    public void An_earlier_rotation_that_is_under_way_is_named()
    {
        var line = Rotation().Observe("okta", Token([Fresh, Retiring(Old)], handled: "an earlier one", Pending(Reasons.WaitingForUse, "Not used yet.")));
        Assert.StartsWith("okta: an earlier rotation is still under way, and this one begins after it: token t1", line, StringComparison.Ordinal);
        Assert.EndsWith("Not used yet.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_of_an_earlier_generation_says_nothing()
    {
        var follower = new TokenFollower(new Dictionary<string, TokenGoal> { ["okta"] = new(Owner: "alice") });
        var token = Token([Old]);
        Assert.Equal("okta: the operator has not seen the change yet.", follower.Observe("okta", token with { Metadata = token.Metadata with { Generation = 3 } }));
        Assert.False(follower.IsDone);
    }

    [Fact]
    public void A_rehomed_token_is_done_only_with_the_new_owner_and_without_the_old_token()
    {
        var follower = new TokenFollower(new Dictionary<string, TokenGoal> { ["okta"] = new(Owner: "alice") });
        var old = Old with { Owner = "carol" };
        follower.Observe("okta", Token([Fresh, Retiring(old)], null, Ready(ConditionStatus.False, Reasons.Rehoming, "carol still holds the old one.")));
        Assert.Equal("token t1 (...aaa1) Retiring, issued to carol; token t2 (...bbb2) Published, issued to alice. Ready is False (Rehoming): carol still holds the old one.", Assert.Single(follower.Pending).Progress.Message);
        follower.Observe("okta", Token([old]));
        Assert.False(follower.IsDone);
        follower.Observe("okta", Token([Fresh]));
        Assert.True(follower.IsDone);
    }

    [Fact]
    public void Of_several_all_must_be_done()
    {
        var follower = new TokenFollower(new Dictionary<string, TokenGoal> { ["okta"] = new(Owner: "alice"), ["entra"] = new(Owner: "alice") });
        follower.Observe("okta", Token([Fresh]));
        Assert.False(follower.IsDone);
        Assert.Equal(["entra"], follower.Pending.Select(p => p.Name));
        Assert.Null(follower.Observe("other", null));
        follower.Observe("entra", Token([Fresh]));
        Assert.True(follower.IsDone);
    }

    [Fact]
    public void What_was_done_and_is_undone_is_not_done()
    {
        var follower = new TokenFollower(new Dictionary<string, TokenGoal> { ["okta"] = new(Owner: "alice"), ["entra"] = new(Owner: "alice") });
        follower.Observe("okta", Token([Fresh]));
        follower.Observe("okta", Token([Fresh, Retiring(Old)]));
        follower.Observe("entra", Token([Fresh]));
        Assert.False(follower.IsDone);
    }

    public static TheoryData<string, string> Stuck() => new()
    {
        { "gone", "it was deleted meanwhile." },
        { "deleting", "it is being deleted." },
        { "suspended", "it is suspended" },
        { "observing", "it only observes" },
        { "paused", "kubectl annotate scimtoken okta -n acme scim-operator.io/paused-" },
        { "unasked", "was removed by somebody else" },
        { "stalled", "Secret okta-scim exists and is not ours." },
    };

    [Theory]
    [MemberData(nameof(Stuck))]
    public void What_can_not_go_on_by_itself_is_a_failure_with_the_reason(string what, string words)
    {
        var token = Token([Old]);
        ScimToken? seen = what switch
        {
            "gone" => null,
            "deleting" => token with { Metadata = token.Metadata with { DeletionTimestamp = Published } },
            "suspended" => token with { Spec = token.Spec with { Suspend = true } },
            "observing" => token with { Spec = token.Spec with { ManagementPolicy = ManagementPolicy.Observe } },
            "paused" => token with { Metadata = token.Metadata with { Annotations = new Dictionary<string, string> { [WellKnown.RotateRequestedAt] = Request, [WellKnown.Paused] = "" } } },
            "unasked" => token with { Metadata = token.Metadata with { Annotations = null } },
            _ => Token([Old], null, new Condition { Type = ConditionTypes.Stalled, Status = ConditionStatus.True, Reason = Reasons.SecretNotOurs, Message = words, ObservedGeneration = 2, LastTransitionTime = Published }),
        };
        var follower = Rotation();
        follower.Observe("okta", seen);
        Assert.Contains(words, follower.Failure!.Value.Progress.Message, StringComparison.Ordinal);
        Assert.False(follower.IsDone);
    }

    [Fact]
    public void Somebody_who_sets_the_owner_back_is_noticed()
    {
        var follower = new TokenFollower(new Dictionary<string, TokenGoal> { ["okta"] = new(Owner: "bob") });
        follower.Observe("okta", Token([Old]));
        Assert.Contains("its spec.ownerRef was set to alice by somebody else", follower.Failure!.Value.Progress.Message, StringComparison.Ordinal);
    }

    private static TokenFollower Rotation() => new(new Dictionary<string, TokenGoal> { ["okta"] = new(RotateRequest: Request) });

    private static TokenStatus Retiring(TokenStatus token) => token with { State = TokenState.Retiring };

    private static TokenStatus InUse(TokenStatus token) => token with { State = TokenState.InUse };

    private static Condition Pending(string reason, string message) => new()
    {
        Type = ConditionTypes.CutoverPending,
        Status = ConditionStatus.True,
        Reason = reason,
        Message = message,
        ObservedGeneration = 2,
        LastTransitionTime = Published,
    };

    private static Condition Ready(string status, string reason, string message) => new()
    {
        Type = ConditionTypes.Ready,
        Status = status,
        Reason = reason,
        Message = message,
        ObservedGeneration = 2,
        LastTransitionTime = Published,
    };

    private static ScimToken Token(IReadOnlyList<TokenStatus> tokens, string? handled = null, Condition? more = null)
    {
        List<Condition> conditions = more is null ? [] : [more];
        if (more?.Type != ConditionTypes.Ready)
        {
            conditions.Add(Ready(ConditionStatus.True, Reasons.Issued, "Published."));
        }

        return new ScimToken
        {
            Metadata = new ObjectMeta { Name = "okta", Namespace = "acme", Generation = 2, Annotations = new Dictionary<string, string> { [WellKnown.RotateRequestedAt] = Request } },
            Spec = new ScimTokenSpec
            {
                AccountRef = new LocalObjectReference { Name = "acme" },
                OwnerRef = new LocalObjectReference { Name = "alice" },
                Secret = new TokenSecret { Name = "okta-scim" },
                Rotation = new TokenRotation { Overlap = "30m" },
            },
            Status = new ScimTokenStatus { ObservedGeneration = 2, Tokens = tokens, LastHandledRotateAt = handled, Conditions = conditions },
        };
    }
}
