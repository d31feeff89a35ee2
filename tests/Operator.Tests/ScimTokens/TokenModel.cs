using ScimOperator.Drivers;
using ScimOperator.Operator.ScimTokens;

namespace ScimOperator.Operator.Tests.ScimTokens;

/// <summary>
/// A small world in which plans are carried out, with crashes: it knows which token the identity provider uses, and has its
/// own idea, independent of the planner, of whether provisioning works.
/// </summary>
internal sealed class TokenModel
{
    private readonly Dictionary<string, BackendToken> backend = [];
    private readonly HashSet<string> recorded = [];
    private SecretFacts? secret;
    private int highest;
    private int minted;

    internal DateTimeOffset Now { get; private set; } = Given.Now;

    internal string Owner { get; set; } = "usr_alice";

    internal string? RotateRequest { get; set; }

    /// <summary>The token the identity provider has read.</summary>
    internal string? InUse { get; private set; }

    internal IReadOnlyCollection<string> Live => backend.Keys;

    internal string? Published => secret?.TokenId;

    internal bool ProviderIsRefused => InUse is not null && !backend.ContainsKey(InUse);

    internal void Pass(TimeSpan time) => Now += time;

    /// <summary>The identity provider reads the Secret and uses what it has.</summary>
    internal void Provision()
    {
        InUse = secret?.TokenId ?? InUse;
        if (InUse is not null && backend.TryGetValue(InUse, out var token))
        {
            backend[InUse] = token with { LastUsedAt = Now };
        }
    }

    internal TokenPlan Plan() => TokenPlanner.Plan(
        Given.Desired(Owner) with { RotateRequest = RotateRequest, Overlap = TimeSpan.FromMinutes(1) }, Observe(), Now);

    /// <summary>Reconciles, crashing after <paramref name="steps"/> writes.</summary>
    internal void Reconcile(int steps)
    {
        for (var plan = Plan(); plan.Actions.Count > 0; plan = Plan())
        {
            if (!Act(plan.Actions[0], ref steps))
            {
                return;
            }
        }

        if (steps > 0)
        {
            var final = Plan();
            recorded.Clear();
            recorded.UnionWith(final.Previous.Append(final.Current).OfType<OwnToken>().Select(t => t.Token.Id));
            highest = final.Previous.Append(final.Current).OfType<OwnToken>().Select(t => t.Ordinal).DefaultIfEmpty(0).Max();
        }
    }

    private bool Act(TokenAction action, ref int steps)
    {
        if (steps-- <= 0)
        {
            return false;
        }

        switch (action)
        {
            case TokenAction.Issue issue:
                var id = $"tok_{++minted}";
                Assert.DoesNotContain(backend.Values, t => t.Reference == $"uid-1/{issue.Ordinal}");
                backend[id] = new BackendToken(id, issue.OwnerId, "okta", $"uid-1/{issue.Ordinal}", "abcd", Now, null, null);
                if (steps-- <= 0)
                {
                    return false;
                }

                secret = new SecretFacts(id, Now, true, "layout", RotateRequest, false);
                return true;
            case TokenAction.RevokeOrphan orphan:
                return backend.Remove(orphan.Id);
            case TokenAction.Retire retire:
                return backend.Remove(retire.Id);
            default:
                return true;
        }
    }

    private TokenObserved Observe() => new(
        secret,
        [.. backend.Values.Select(t => new OwnToken(t, int.Parse(t.Reference!.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture), true))],
        new HashSet<string>(recorded),
        highest,
        null);
}
