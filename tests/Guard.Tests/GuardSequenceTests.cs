using CsCheck;
using ScimOperator.Crds;

namespace ScimOperator.Guard.Tests;

public sealed class GuardSequenceTests
{
    private const int Users = 3;

    /// <summary>Steps of a small account: mint and delete tokens, change and delete users; only what the guard allows happens.</summary>
    [Fact]
    public void No_allowed_sequence_leaves_a_live_token_without_an_active_admin_or_an_account_without_one()
    {
        var step = Gen.Select(Gen.Int[0, 3], Gen.Int[0, Users - 1], Gen.Int[0, 3], Gen.Bool);
        step.Array[1, 60].Sample(steps =>
        {
            var states = new UserState?[] { new(UserType.Admin, true), new(UserType.Admin, true), new(UserType.Member, true) };
            var tokens = new int[Users];
            foreach (var (kind, user, type, active) in steps)
            {
                Take(states, tokens, kind, user, new UserState((UserType)type, active));
                Assert.All(Enumerable.Range(0, Users), u => Assert.True(tokens[u] == 0 || states[u] is { IsActiveAdmin: true }));
                Assert.Contains(states, s => s is { IsActiveAdmin: true });
            }
        });
    }

    private static void Take(UserState?[] states, int[] tokens, int kind, int user, UserState target)
    {
        switch (kind)
        {
            case 0:
                var owner = states[user] is { } s ? new TokenOwner("acme", s, false) : null;
                tokens[user] += TokenGuard.Decide("ScimToken acme/t", "acme", "u", owner).IsAllowed ? 1 : 0;
                break;
            case 1:
                tokens[user] = Math.Max(0, tokens[user] - 1);
                break;
            default:
                UserState? after = kind == 3 ? null : target;
                var held = Enumerable.Range(0, tokens[user]).Select(i => new Guard.HeldToken($"{i}", null, null, null)).ToList();
                var others = Enumerable.Range(0, Users).Count(u => u != user && states[u] is { IsActiveAdmin: true });
                var decision = UserGuard.Decide(new UserChange("AccountUser acme/u", "u@example.com", states[user], after), TokenKnowledge.Live(held), new AdminFacts(others, false));
                states[user] = decision.IsAllowed ? after : states[user];
                break;
        }
    }
}
