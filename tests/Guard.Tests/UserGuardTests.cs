using ScimOperator.Crds;

namespace ScimOperator.Guard.Tests;

public sealed class UserGuardTests
{
    private static readonly HeldToken Managed = new("tok_1", "okta-prod", "acme/okta-prod", "okta-scim");
    private static readonly HeldToken Foreign = new("tok_2", "by hand", null, null);

    [Fact]
    public void A_token_that_is_only_observed_takes_a_person_to_move()
    {
        var observed = new HeldToken(null, "entra", "acme/entra", "entra-scim", Observed: true);
        var change = new UserChange("AccountUser acme/alice", "alice@acme.test", new UserState(UserType.Admin, true), null);
        var decision = UserGuard.Decide(change, TokenKnowledge.Live([Managed, observed]), default);
        Assert.Equal(
            "First set spec.ownerRef of ScimToken acme/okta-prod to another active admin and wait for Ready; also have another active admin generate a token in place of the one that ScimToken acme/entra (Secret entra-scim) only observes, put it into the Secret, and set spec.ownerRef to that admin; then apply this again.",
            decision.Message[decision.Message.IndexOf("First", StringComparison.Ordinal)..]);
    }

    public static TheoryData<UserState?, UserState?, int, bool, int?, bool> EveryTransition()
    {
        var data = new TheoryData<UserState?, UserState?, int, bool, int?, bool>();
        foreach (var before in States())
        {
            foreach (var after in States())
            {
                foreach (var tokens in new[] { 0, 1, 2 })
                {
                    foreach (var complete in new[] { true, false })
                    {
                        foreach (var others in new int?[] { null, 0, 3 })
                        {
                            data.Add(before, after, tokens, complete, others, false);
                            data.Add(before, after, tokens, complete, others, true);
                        }
                    }
                }
            }
        }

        return data;
    }

    /// <summary>The specification, written without the guard's own code: one line per rule, the first that applies decides.</summary>
    private static (GuardOutcome, string) Expected(UserState? before, UserState? after, int tokens, bool complete, int? others, bool credential)
    {
        var wasAdmin = before is { Type: UserType.Admin, Active: true };
        var staysAdmin = after is { Type: UserType.Admin, Active: true };
        return (wasAdmin, staysAdmin, tokens, complete, credential, others) switch
        {
            (false, _, _, _, _, _) => (GuardOutcome.Allow, ""),
            (_, true, _, _, _, _) => (GuardOutcome.Allow, ""),
            (_, _, > 0, _, _, _) => (GuardOutcome.Deny, "admin_holds_scim_token"),
            (_, _, _, false, _, _) => (GuardOutcome.Unknown, "not_known"),
            (_, _, _, _, true, _) => (GuardOutcome.Deny, "credential_admin"),
            (_, _, _, _, _, null) => (GuardOutcome.Unknown, "not_known"),
            (_, _, _, _, _, 0) => (GuardOutcome.Deny, "last_admin"),
            _ => (GuardOutcome.Allow, ""),
        };
    }

    [Fact]
    public void Decides_every_transition_as_specified()
    {
        var seen = new Dictionary<GuardOutcome, int>();
        foreach (var row in EveryTransition())
        {
            var (before, after, tokens, complete, others, credential) = ((UserState?)row[0], (UserState?)row[1], (int)row[2]!, (bool)row[3]!, (int?)row[4], (bool)row[5]!);
            var held = Enumerable.Range(1, tokens).Select(i => Managed with { Id = $"tok_{i}" }).ToList();
            var knowledge = complete ? TokenKnowledge.Live(held) : TokenKnowledge.Partial(held, "the account is down");

            var decision = UserGuard.Decide(new UserChange("AccountUser acme/alice", "alice@example.com", before, after), knowledge, new AdminFacts(others, credential));

            Assert.Equal(Expected(before, after, tokens, complete, others, credential), (decision.Outcome, decision.Code));
            seen[decision.Outcome] = seen.GetValueOrDefault(decision.Outcome) + 1;
        }

        Assert.Equal(3, seen.Count);
        Assert.Equal(9 * 9 * 3 * 2 * 3 * 2, seen.Values.Sum());
    }

    [Fact]
    public void A_demotion_is_refused_with_every_token_its_Secret_and_the_next_step()
    {
        var decision = Demote([Managed]);

        Assert.Equal(
            "AccountUser acme/alice can't be demoted from Admin to Member: alice@example.com holds 1 SCIM token, and it would stop working: "
            + "\"okta-prod\" (ScimToken acme/okta-prod, Secret okta-scim). "
            + "First set spec.ownerRef of ScimToken acme/okta-prod to another active admin and wait for Ready; then apply this again.",
            decision.Message);
    }

    [Fact]
    public void A_token_made_outside_the_cluster_has_its_own_next_step()
    {
        var decision = Demote([Managed, Foreign]);

        Assert.Contains("\"by hand\" (token tok_2, made outside this cluster)", decision.Message, StringComparison.Ordinal);
        Assert.Contains("delete the old one at the account", decision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hundreds_of_tokens_are_counted_and_the_message_stays_short()
    {
        var decision = Demote([.. Enumerable.Range(0, 500).Select(i => new HeldToken($"tok_{i}", new string('d', 256), $"acme/{new string('n', 200)}{i}", "s"))]);

        Assert.Contains("500 SCIM tokens", decision.Message, StringComparison.Ordinal);
        Assert.Contains("and 490 more", decision.Message, StringComparison.Ordinal);
        Assert.True(decision.Message.Length < 8192, $"{decision.Message.Length} characters");
    }

    [Fact]
    public void Dozens_of_tokens_are_all_named()
    {
        var decision = Demote([.. Enumerable.Range(0, 40).Select(i => new HeldToken($"tok_{i}", $"okta {i}", $"acme/okta-{i}", $"okta-{i}-scim"))]);

        Assert.Contains("\"okta 39\" (ScimToken acme/okta-39, Secret okta-39-scim). First set", decision.Message, StringComparison.Ordinal);
        Assert.Contains("acme/okta-39 to another active admin", decision.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("more", decision.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UserType.Admin, false, "deactivated")]
    [InlineData(UserType.Viewer, true, "demoted from Admin to Viewer")]
    [InlineData(UserType.Guest, false, "demoted from Admin to Guest and deactivated")]
    public void The_message_names_what_was_asked_for(UserType type, bool active, string act)
    {
        var decision = UserGuard.Decide(
            new UserChange("AccountUser acme/alice", "alice@example.com", new UserState(UserType.Admin, true), new UserState(type, active)),
            TokenKnowledge.Live([Managed]),
            new AdminFacts(1, false));

        Assert.StartsWith($"AccountUser acme/alice can't be {act}: ", decision.Message, StringComparison.Ordinal);
    }

    private static GuardDecision Demote(IReadOnlyList<HeldToken> tokens) => UserGuard.Decide(
        new UserChange("AccountUser acme/alice", "alice@example.com", new UserState(UserType.Admin, true), new UserState(UserType.Member, true)),
        TokenKnowledge.Live(tokens),
        new AdminFacts(1, false));

    private static IEnumerable<UserState?> States()
    {
        yield return null;
        foreach (var type in Enum.GetValues<UserType>())
        {
            yield return new UserState(type, true);
            yield return new UserState(type, false);
        }
    }
}
