using System.Globalization;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.Accounts;

/// <summary>Computes an Account's status. Pure.</summary>
internal static class AccountReport
{
    private const int TokensNamed = 5;

    internal static AccountStatus Compute(
        Account account, AccountSession? session, Problem? problem, IReadOnlyList<BackendToken> unmanaged, string? deletionBlockedBy, DateTimeOffset now)
    {
        var before = account.Status;
        var known = session?.SyncedAt is not null;
        return new AccountStatus
        {
            ObservedGeneration = account.Metadata.Generation,
            AccountId = session?.Account?.Id ?? before?.AccountId,
            Plan = session?.Account?.Plan ?? before?.Plan,
            ScimUrl = session?.Account is { } a ? ScimUrl(account, a) : before?.ScimUrl,
            Capabilities = session?.Account?.Capabilities ?? before?.Capabilities,
            Users = known ? session!.Inventory.UserCount : before?.Users,
            Tokens = known ? session!.Inventory.Tokens().Count : before?.Tokens,
            UnmanagedTokens = known ? unmanaged.Count : before?.UnmanagedTokens,
            LastSyncTime = session?.SyncedAt ?? before?.LastSyncTime,
            LastHandledReconcileAt = problem is null ? account.Annotation(WellKnown.ReconcileRequestedAt) : before?.LastHandledReconcileAt,
            Conditions = Conditions(account, session, problem, unmanaged, deletionBlockedBy, now),
        };
    }

    /// <summary>The SCIM endpoint to publish: as declared, else as the account says, else the usual path.</summary>
    internal static string ScimUrl(Account account, BackendAccount backend) =>
        account.Spec.ScimUrl ?? backend.ScimUrl ?? $"{account.Spec.Url.TrimEnd('/')}/scim/v2";

    private static IReadOnlyList<Condition> Conditions(
        Account account, AccountSession? session, Problem? problem, IReadOnlyList<BackendToken> unmanaged, string? deletionBlockedBy, DateTimeOffset now)
    {
        var set = new ConditionSet(account.Status?.Conditions, account.Metadata.Generation, now);
        if (problem is null)
        {
            var mode = account.Spec.ManagementPolicy == ManagementPolicy.Observe ? ", read only (managementPolicy: Observe)" : "";
            set.Set(ConditionTypes.Ready, ConditionStatus.True, Reasons.Synced, $"{Connected(account, session?.Account)}{mode}.");
        }
        else
        {
            set.Set(ConditionTypes.Ready, problem.Status, problem.Reason, problem.Message);
            set.SetIf(problem.Terminal, ConditionTypes.Stalled, problem.Reason, problem.Message);
            set.SetIf(!problem.Terminal, ConditionTypes.Reconciling, problem.Reason, problem.Message);
        }

        var report = unmanaged.Count > 0 && account.Spec.UnmanagedTokens != UnmanagedTokenPolicy.Ignore;
        set.SetIf(report, ConditionTypes.UnmanagedTokens, ConditionTypes.UnmanagedTokens, report ? Unmanaged(unmanaged) : "");
        set.SetIf(deletionBlockedBy is not null, ConditionTypes.DeletionBlocked, Reasons.InUse, deletionBlockedBy ?? "");
        return set.ToList();
    }

    private static string Connected(Account account, BackendAccount? backend) => backend?.Capabilities.Tokens == false
        ? $"Connected to the SCIM service provider {account.Spec.Url}, users only: it has no API for tokens, so a ScimToken can only observe one (spec.managementPolicy), and tokens that no ScimToken names are not known"
        : $"Connected to account {backend?.Id} on plan {backend?.Plan}";

    private static string Unmanaged(IReadOnlyList<BackendToken> tokens)
    {
        var named = tokens.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal).Take(TokensNamed)
            .Select(t => $"\"{t.Description}\" ({t.Id})");
        var more = tokens.Count > TokensNamed ? string.Create(CultureInfo.InvariantCulture, $" and {tokens.Count - TokensNamed} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} token(s) at the account that no ScimToken declares: ")
            + $"{string.Join(", ", named)}{more}. Declare a ScimToken for each connection and delete these at the account, or set spec.unmanagedTokens to Ignore.";
    }
}
