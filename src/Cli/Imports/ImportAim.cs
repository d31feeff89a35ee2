using ScimOperator.Crds;

namespace ScimOperator.Cli.Imports;

/// <summary>How the manifests are to be.</summary>
/// <param name="Namespace">Their namespace; null leaves it to whoever applies them.</param>
/// <param name="Account">Name of the Account.</param>
/// <param name="Spec">The Account's spec, as far as the caller knows it.</param>
internal sealed record ImportAim(string? Namespace, string Account, AccountSpec Spec);
