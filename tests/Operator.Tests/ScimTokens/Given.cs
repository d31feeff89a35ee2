using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.ScimTokens;

namespace ScimOperator.Operator.Tests.ScimTokens;

/// <summary>Plain starting points for planner tests.</summary>
internal static class Given
{
    internal static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    internal static TokenDesired Desired(string owner = "usr_alice") => new()
    {
        Uid = "uid-1",
        OwnerId = owner,
        Overlap = TimeSpan.FromHours(1),
        Cutover = CutoverPolicy.Verified,
        UseIsReported = true,
        LayoutChecksum = "layout",
    };

    internal static OwnToken Token(int ordinal, string owner = "usr_alice", DateTimeOffset? used = null, TimeSpan? age = null, TimeSpan? life = null, bool works = true)
    {
        var created = Now - (age ?? TimeSpan.FromMinutes(1));
        return new OwnToken(new BackendToken($"tok_{ordinal}", owner, "okta", $"uid-1/{ordinal}", "abcd", created, created + life, used), ordinal, works);
    }

    internal static SecretFacts Secret(int ordinal, TimeSpan? age = null, bool intact = true, string layout = "layout", string? request = null) =>
        new($"tok_{ordinal}", Now - (age ?? TimeSpan.FromMinutes(1)), intact, layout, request, false);

    internal static TokenObserved Observed(SecretFacts? secret, OwnToken[] tokens, params int[] recorded) => new(
        secret, tokens, recorded.Select(o => $"tok_{o}").ToHashSet(), recorded.DefaultIfEmpty(0).Max(), null);

    internal static TokenPlan Plan(TokenDesired desired, TokenObserved observed) => TokenPlanner.Plan(desired, observed, Now);
}
