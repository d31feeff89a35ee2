namespace ScimOperator.Runtime.Client;

/// <summary>A PATCH body and how it is meant.</summary>
/// <param name="Kind">Kind of patch.</param>
/// <param name="Body">JSON, UTF-8.</param>
/// <param name="Force">Server-side apply only: take over fields that another manager owns.</param>
public readonly record struct Patch(PatchKind Kind, ReadOnlyMemory<byte> Body, bool Force = false);
