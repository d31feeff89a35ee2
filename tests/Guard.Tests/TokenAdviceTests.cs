using ScimOperator.Crds;

namespace ScimOperator.Guard.Tests;

public sealed class TokenAdviceTests
{
    private const string Subject = "ScimToken acme/okta";

    [Theory]
    [InlineData(CutoverPolicy.Overlap, "0s", true)]
    [InlineData(CutoverPolicy.Immediate, "0s", true)]
    [InlineData(CutoverPolicy.Immediate, "0h0m", true)]
    [InlineData(CutoverPolicy.Immediate, "1s", false)]
    [InlineData(CutoverPolicy.Immediate, null, false)]
    [InlineData(CutoverPolicy.Verified, "0s", false)]
    [InlineData(null, "0s", false)]
    public void Warns_of_no_overlap_only_where_nobody_waits_for_the_new_tokens_use(CutoverPolicy? cutover, string? overlap, bool warns)
    {
        var spec = Spec(new TokenRotation { Cutover = cutover, Overlap = overlap }, null);
        Assert.Equal(warns, TokenAdvice.ZeroOverlap(Subject, spec)?.StartsWith($"{Subject}: spec.rotation.overlap is zero", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(TokenDeletionPolicy.Revoke, false, true)]
    [InlineData(TokenDeletionPolicy.Retain, false, false)]
    [InlineData(TokenDeletionPolicy.Revoke, true, false)]
    public void Warns_when_the_accounts_only_token_is_deleted_and_would_be_revoked(TokenDeletionPolicy? policy, bool othersRemain, bool warns)
    {
        var advice = TokenAdvice.OnlyToken(Subject, Spec(null, policy), othersRemain);
        Assert.Equal(warns ? $"{Subject} is the only ScimToken of Account acme: provisioning ends when its token is deleted." : null, advice);
    }

    private static ScimTokenSpec Spec(TokenRotation? rotation, TokenDeletionPolicy? policy) => new()
    {
        AccountRef = new() { Name = "acme" },
        OwnerRef = new() { Name = "alice" },
        Secret = new() { Name = "okta-scim" },
        Rotation = rotation,
        DeletionPolicy = policy,
    };
}
