using Prometheus;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator;

/// <summary>
/// The operator's own metrics, beside the runtime's. A series exists only while it says something: a token that neither
/// expires nor waits has none, so that thousands of tokens don't make thousands of series.
/// </summary>
internal static class OperatorMetrics
{
    private static readonly string[] ObjectLabels = ["namespace", "name"];

    private static readonly Gauge AccountReady = Metrics.CreateGauge(
        "scim_operator_account_ready", "1 while the Account is Ready, else 0.", ObjectLabels);

    private static readonly Gauge UnmanagedTokens = Metrics.CreateGauge(
        "scim_operator_account_unmanaged_tokens", "Tokens at the account that no ScimToken declares.", ObjectLabels);

    private static readonly Gauge CutoverPending = Metrics.CreateGauge(
        "scim_operator_token_cutover_pending_since_timestamp_seconds", "Since when (Unix time) a ScimToken keeps an old token beside the new one.", ObjectLabels);

    private static readonly Gauge Expiration = Metrics.CreateGauge(
        "scim_operator_token_expiration_timestamp_seconds", "When (Unix time) the published token stops working by itself.", ObjectLabels);

    private static readonly Gauge Renewal = Metrics.CreateGauge(
        "scim_operator_token_renewal_timestamp_seconds", "When (Unix time) the published token will be replaced.", ObjectLabels);

    internal static void ReportAccount(ObjectKey key, bool ready, int unmanaged)
    {
        AccountReady.WithLabels(key.Namespace, key.Name).Set(ready ? 1 : 0);
        UnmanagedTokens.WithLabels(key.Namespace, key.Name).Set(unmanaged);
    }

    internal static void ForgetAccount(ObjectKey key)
    {
        AccountReady.RemoveLabelled(key.Namespace, key.Name);
        UnmanagedTokens.RemoveLabelled(key.Namespace, key.Name);
    }

    internal static void ReportToken(ObjectKey key, DateTimeOffset? pendingSince, DateTimeOffset? expiresAt, DateTimeOffset? renewalTime)
    {
        Set(CutoverPending, key, pendingSince);
        Set(Expiration, key, expiresAt);
        Set(Renewal, key, renewalTime);
    }

    internal static void ForgetToken(ObjectKey key) => ReportToken(key, null, null, null);

    private static void Set(Gauge gauge, ObjectKey key, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            gauge.WithLabels(key.Namespace, key.Name).Set(at.ToUnixTimeSeconds());
        }
        else
        {
            gauge.RemoveLabelled(key.Namespace, key.Name);
        }
    }
}
