namespace ScimOperator.Operator.Kubernetes;

/// <summary>Merge patch of metadata.finalizers, conditional on the version read.</summary>
internal sealed record MetadataPatch(MetadataPatch.FinalizerFields Metadata)
{
    internal sealed record FinalizerFields(string? ResourceVersion, IReadOnlyList<string> Finalizers);
}
