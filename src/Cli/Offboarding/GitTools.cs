namespace ScimOperator.Cli.Offboarding;

/// <summary>How GitOps tools mark what they apply.</summary>
internal static class GitTools
{
    private static readonly string[] Prefixes = ["argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/"];

    /// <summary>Whether a label or annotation is the mark of such a tool, and not part of the manifest.</summary>
    internal static bool IsMark(string name) => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !IsSetting(name);

    /// <summary>What people write for the tool, which stays in the manifest.</summary>
    private static bool IsSetting(string name) => name is "argocd.argoproj.io/sync-wave" or "argocd.argoproj.io/sync-options"
        or "argocd.argoproj.io/hook" or "argocd.argoproj.io/compare-options" or "kustomize.toolkit.fluxcd.io/reconcile"
        or "kustomize.toolkit.fluxcd.io/prune" or "kustomize.toolkit.fluxcd.io/ssa" or "kustomize.toolkit.fluxcd.io/force";
}
