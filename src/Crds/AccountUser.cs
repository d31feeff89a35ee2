using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>AccountUser is one user of an account: type, and active or not.</summary>
[CustomResource("AccountUser", "accountusers", "au")]
[PrinterColumn(0, "Email", "string", ".spec.email")]
[PrinterColumn(1, "Type", "string", ".status.userType")]
[PrinterColumn(2, "Active", "boolean", ".status.active")]
[PrinterColumn(3, "Tokens", "integer", ".status.heldTokenCount")]
[PrinterColumn(4, "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn(5, "Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason")]
[PrinterColumn(6, "Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn(7, "Account", "string", ".spec.accountRef.name", Priority = 1)]
[PrinterColumn(8, "Message", "string", ".status.conditions[?(@.type==\"Ready\")].message", Priority = 1)]
public sealed record AccountUser : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>spec is what is wanted.</summary>
    [RequiredField]
    public AccountUserSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>status is what was observed; written by the operator.</summary>
    public AccountUserStatus? Status { get; init; }
}
