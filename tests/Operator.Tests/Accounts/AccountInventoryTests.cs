using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.Tests.Accounts;

public sealed class AccountInventoryTests
{
    private readonly AccountInventory inventory = new();

    [Fact]
    public void Finds_users_by_email_without_regard_to_case()
    {
        inventory.Put(User("1", "Alice@Example.com"));
        Assert.Equal("1", inventory.UserByEmail("alice@example.COM")!.Id);
    }

    [Fact]
    public void A_changed_email_frees_the_old_one()
    {
        inventory.Put(User("1", "old@example.com"));
        inventory.Put(User("1", "new@example.com"));
        Assert.Null(inventory.UserByEmail("old@example.com"));
    }

    [Fact]
    public void A_write_that_completes_during_a_reading_survives_it()
    {
        inventory.Put(Token("old"));
        inventory.BeginReading();
        inventory.Put(Token("minted"));
        inventory.RemoveToken("old");

        var change = inventory.CompleteReading(null, [Token("old")]);

        Assert.Equal(["minted"], inventory.Tokens().Select(t => t.Id));
        Assert.True(change.IsEmpty);
    }

    [Fact]
    public void A_write_before_a_reading_does_not_outlive_it()
    {
        inventory.Put(Token("revoked by hand"));
        inventory.BeginReading();
        var change = inventory.CompleteReading(null, []);
        Assert.Empty(inventory.Tokens());
        Assert.Equal(["revoked by hand"], change.Tokens.Select(t => t.Id));
    }

    [Fact]
    public void With_two_readings_at_once_each_keeps_the_writes_since_it_began()
    {
        inventory.BeginReading();
        inventory.BeginReading();
        inventory.Put(Token("minted"));
        inventory.CompleteReading(null, []);
        inventory.CompleteReading(null, []);
        Assert.Equal(["minted"], inventory.Tokens().Select(t => t.Id));
    }

    [Fact]
    public void Says_what_differs_and_nothing_else()
    {
        inventory.BeginReading();
        inventory.CompleteReading([User("1", "a@x"), User("2", "b@x")], [Token("t1"), Token("t2")]);
        inventory.BeginReading();

        var change = inventory.CompleteReading(
            [User("1", "a@x"), User("2", "b@x") with { State = new UserState(UserType.Viewer, true) }],
            [Token("t1"), Token("t3")]);

        Assert.Equal(["2"], change.Users.Select(u => u.Id));
        Assert.Equal(["t2", "t3"], change.Tokens.Select(t => t.Id).Order());
    }

    [Fact]
    public void Groups_tokens_by_owner_and_by_the_ScimToken_in_their_reference()
    {
        inventory.Put(Token("t1") with { Reference = "uid-a/1" });
        inventory.Put(Token("t2") with { Reference = "somebody else's" });
        Assert.Equal(["t1", "t2"], inventory.TokensOf("owner").Select(t => t.Id));
        Assert.Equal(["t1"], inventory.TokensFor("uid-a").Select(t => t.Id));
    }

    [Theory]
    [InlineData("uid/1", true)]
    [InlineData("uid/x/12", true)]
    [InlineData("uid/", false)]
    [InlineData("/1", false)]
    [InlineData("uid", false)]
    [InlineData("uid/-1", false)]
    [InlineData("uid/99999999999", false)]
    [InlineData(null, false)]
    public void Reads_only_references_of_its_own_form(string? text, bool ours)
    {
        Assert.Equal(ours, TokenReference.TryParse(text, out var reference));
        Assert.True(!ours || reference.ToString() == text);
    }

    private static BackendUser User(string id, string email) => new(id, email, null, new UserState(UserType.Admin, true), "\"1\"");

    private static BackendToken Token(string id) => new(id, "owner", "d", null, "abcd", DateTimeOffset.UnixEpoch, null, null);
}
