using ScimOperator.Crds;

namespace ScimOperator.Guard.Tests;

public sealed class OtherGuardsTests
{
    private static readonly UserState ActiveAdmin = new(UserType.Admin, true);

    [Fact]
    public void An_active_admin_of_the_same_account_may_own_a_token() =>
        Assert.True(TokenGuard.Decide("ScimToken acme/t", "acme", "bob", new TokenOwner("acme", ActiveAdmin, false)).IsAllowed);

    [Theory]
    [InlineData(null, UserType.Admin, true, false, "there is no AccountUser bob")]
    [InlineData("acme", UserType.Admin, true, true, "is being deleted")]
    [InlineData("other", UserType.Admin, true, false, "belongs to Account other")]
    [InlineData("acme", UserType.Admin, false, false, "is not active")]
    [InlineData("acme", UserType.Member, true, false, "is a Member, and only admins")]
    public void Nobody_else_may_and_the_message_says_why(string? account, UserType type, bool active, bool deleting, string why)
    {
        var owner = account is null ? null : new TokenOwner(account, new UserState(type, active), deleting);

        var decision = TokenGuard.Decide("ScimToken acme/t", "acme", "bob", owner);

        Assert.Equal((GuardOutcome.Deny, GuardCodes.OwnerNotActiveAdmin), (decision.Outcome, decision.Code));
        Assert.StartsWith("ScimToken acme/t can't be issued to bob: ", decision.Message, StringComparison.Ordinal);
        Assert.Contains(why, decision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Account_is_deleted_only_when_nothing_refers_to_it()
    {
        Assert.True(AccountGuard.DecideDelete("Account acme/acme", [], []).IsAllowed);
        var decision = AccountGuard.DecideDelete("Account acme/acme", ["bob", "alice"], ["okta-prod"]);
        Assert.Equal(
            "Account acme/acme can't be deleted: 2 AccountUsers (alice, bob) and 1 ScimToken (okta-prod) refer to it. First delete those; then delete this again.",
            decision.Message);
    }

    [Fact]
    public void An_Account_is_repointed_only_when_nothing_refers_to_it()
    {
        Assert.True(AccountGuard.DecideRepoint("Account acme/acme", [], []).IsAllowed);
        Assert.Equal(GuardCodes.AccountInUse, AccountGuard.DecideRepoint("Account acme/acme", [], ["t"]).Code);
    }

    [Fact]
    public void One_email_is_declared_once()
    {
        Assert.True(EmailGuard.Decide("AccountUser acme/alice", "a@b", null).IsAllowed);
        Assert.Contains("AccountUser first already declares a@b", EmailGuard.Decide("AccountUser acme/alice", "a@b", "first").Message, StringComparison.Ordinal);
    }
}
