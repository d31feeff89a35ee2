namespace ScimOperator.Runtime.Admission;

/// <summary>The answer to an admission request.</summary>
/// <param name="Allowed">Whether the request may go on.</param>
/// <param name="Reason">metav1.StatusReason of a denial, for example Forbidden or Conflict.</param>
/// <param name="Code">HTTP status of a denial.</param>
/// <param name="Message">What the user reads on a denial.</param>
/// <param name="Warnings">Warnings shown to the user (Kubernetes 1.19 and later).</param>
/// <param name="JsonPatch">RFC 6902 patch, mutating webhooks only.</param>
public sealed record AdmissionVerdict(
    bool Allowed,
    string? Reason = null,
    int Code = 200,
    string? Message = null,
    IReadOnlyList<string>? Warnings = null,
    ReadOnlyMemory<byte>? JsonPatch = null)
{
    /// <summary>Allowed, nothing to say.</summary>
    public static AdmissionVerdict Allow { get; } = new(true);

    /// <summary>Denied as Forbidden (403).</summary>
    public static AdmissionVerdict Deny(string message) => new(false, "Forbidden", 403, message);
}
