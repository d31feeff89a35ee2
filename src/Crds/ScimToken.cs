using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>ScimToken is the SCIM token of one identity provider connection: issued to an owning admin, published as a Secret, rotated without a gap.</summary>
[CustomResource("ScimToken", "scimtokens", "stok")]
[PrinterColumn(0, "Owner", "string", ".spec.ownerRef.name")]
[PrinterColumn(1, "Secret", "string", ".spec.secret.name")]
[PrinterColumn(2, "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn(3, "Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason")]
[PrinterColumn(4, "Cutover", "string", ".status.conditions[?(@.type==\"CutoverPending\")].reason")]
[PrinterColumn(5, "Renewal", "date", ".status.renewalTime")]
[PrinterColumn(6, "Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn(7, "Account", "string", ".spec.accountRef.name", Priority = 1)]
[PrinterColumn(8, "Message", "string", ".status.conditions[?(@.type==\"Ready\")].message", Priority = 1)]
public sealed record ScimToken : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>spec is what is wanted.</summary>
    [RequiredField]
    public ScimTokenSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>status is what was observed; written by the operator.</summary>
    public ScimTokenStatus? Status { get; init; }
}
