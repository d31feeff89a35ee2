using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Tests.Kubernetes;

namespace ScimOperator.Operator.Tests.AccountUsers;

public sealed class EmailClaimsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Stores stores = new(new ToldInformer<Account>(), new ToldInformer<AccountUser>(), new ToldInformer<ScimToken>(), new ToldInformer<PublishedSecret>());
    private readonly EmailClaims claims;

    public EmailClaimsTests() => claims = new EmailClaims(stores);

    [Fact]
    public void While_one_acts_another_that_would_come_first_has_to_wait()
    {
        var late = Known("late", uid: "b");
        using (var acting = claims.Take(late))
        {
            Assert.Null(acting.LostTo);
            using var other = claims.Take(Known("early", uid: "a"));
            Assert.Equal(("late", false), (other.LostTo, other.IsSettled));
        }

        using var after = claims.Take(Known("early", uid: "a"));
        Assert.Null(after.LostTo);
    }

    [Fact]
    public void A_claim_that_was_lost_does_not_end_the_one_that_holds()
    {
        using var acting = claims.Take(Known("a", uid: "a"));
        claims.Take(Known("b", uid: "b")).Dispose();
        using var third = claims.Take(Known("0", uid: "0"));
        Assert.Equal("a", third.LostTo);
    }

    [Fact]
    public void The_one_that_has_the_user_comes_before_an_older_one()
    {
        var older = Known("older", created: Noon);
        var owner = Known("owner", created: Noon.AddHours(1), userId: "usr_1");
        Assert.Equal("owner", claims.FirstOther(older));
        Assert.Null(claims.FirstOther(owner));
    }

    [Fact]
    public void Else_the_older_one_is_first_and_within_one_second_the_uid_decides()
    {
        var younger = Known("younger", created: Noon.AddSeconds(1), uid: "a");
        var older = Known("older", created: Noon, uid: "b");
        Assert.Equal("older", claims.FirstOther(younger));
        Assert.Null(claims.FirstOther(older));
        Known("twin", created: Noon, uid: "0");
        Assert.Equal("twin", claims.FirstOther(older));
    }

    [Fact]
    public void Whoever_is_being_deleted_or_is_another_person_or_in_another_account_claims_nothing()
    {
        Known("leaving", uid: "0", deleting: true);
        Known("other-person", uid: "1", email: "bob@acme.test");
        Known("other-account", uid: "2", account: "globex");
        using var claim = claims.Take(Known("alice", uid: "9"));
        Assert.Null(claim.LostTo);
    }

    private AccountUser Known(
        string name, string? uid = null, DateTimeOffset? created = null, string? userId = null, bool deleting = false, string email = "Alice@acme.test", string account = "acme")
    {
        var user = new AccountUser
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "acme", Uid = uid ?? name, CreationTimestamp = created ?? Noon, DeletionTimestamp = deleting ? Noon : null },
            Spec = new AccountUserSpec { AccountRef = new LocalObjectReference { Name = account }, Email = email, UserType = UserType.Member },
            Status = userId is null ? null : new AccountUserStatus { UserId = userId },
        };
        stores.Users.ObserveWrite(user);
        return user;
    }
}
