using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>Account is a connection to one account that is provisioned over SCIM. AccountUsers and ScimTokens in the same namespace refer to it.</summary>
[CustomResource("Account", "accounts", "acct")]
[PrinterColumn(0, "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn(1, "Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason")]
[PrinterColumn(2, "Plan", "string", ".status.plan")]
[PrinterColumn(3, "Users", "integer", ".status.users")]
[PrinterColumn(4, "Tokens", "integer", ".status.tokens")]
[PrinterColumn(5, "Unmanaged", "integer", ".status.unmanagedTokens")]
[PrinterColumn(6, "Synced", "date", ".status.lastSyncTime")]
[PrinterColumn(7, "Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn(8, "URL", "string", ".spec.url", Priority = 1)]
[PrinterColumn(9, "Message", "string", ".status.conditions[?(@.type==\"Ready\")].message", Priority = 1)]
public sealed record Account : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>spec is what is wanted.</summary>
    [RequiredField]
    public AccountSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>status is what was observed; written by the operator.</summary>
    public AccountStatus? Status { get; init; }
}
