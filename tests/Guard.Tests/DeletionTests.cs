using ScimOperator.Crds;

namespace ScimOperator.Guard.Tests;

public sealed class DeletionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(UserDeletionPolicy.Retain)]
    public void Retain_takes_nothing_away(UserDeletionPolicy? policy) =>
        Assert.Null(UserChange.ByDeletion("AccountUser acme/alice", Spec(UserType.Admin, policy)));

    [Theory]
    [InlineData(UserType.Admin, UserDeletionPolicy.Delete, true)]
    [InlineData(UserType.Admin, UserDeletionPolicy.Deactivate, true)]
    [InlineData(UserType.Member, UserDeletionPolicy.Delete, false)]
    [InlineData(UserType.Member, UserDeletionPolicy.Deactivate, false)]
    public void Delete_and_Deactivate_end_an_active_admin(UserType type, UserDeletionPolicy policy, bool ends)
    {
        var change = UserChange.ByDeletion("AccountUser acme/alice", Spec(type, policy))!;
        Assert.Equal(ends, change.EndsActiveAdmin);
        Assert.Equal(policy == UserDeletionPolicy.Delete ? null : new UserState(type, false), change.After);
    }

    private static AccountUserSpec Spec(UserType type, UserDeletionPolicy? policy) => new()
    {
        AccountRef = new() { Name = "acme" },
        Email = "alice@acme.example",
        UserType = type,
        DeletionPolicy = policy,
    };
}
