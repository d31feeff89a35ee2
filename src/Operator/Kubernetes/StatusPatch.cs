using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>Body of a server-side apply of a status.</summary>
/// <param name="ApiVersion">apiVersion of the kind.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Metadata">Name and namespace.</param>
/// <param name="Status">The status.</param>
internal sealed record StatusPatch<TStatus>(string ApiVersion, string Kind, ObjectMeta Metadata, TStatus Status);
