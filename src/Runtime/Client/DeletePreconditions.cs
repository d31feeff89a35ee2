namespace ScimOperator.Runtime.Client;

/// <summary>metav1.Preconditions.</summary>
/// <param name="Uid">Only the object with this uid is deleted.</param>
internal sealed record DeletePreconditions(string? Uid);
