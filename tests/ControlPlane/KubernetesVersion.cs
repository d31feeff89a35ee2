using System.Text.RegularExpressions;

namespace ScimOperator.ControlPlanes;

/// <summary>A Kubernetes version as a server reports it at /version. Tests that need a newer one ask, they do not guess.</summary>
/// <param name="Major">1.</param>
/// <param name="Minor">E.g. 36.</param>
/// <param name="GitVersion">The full text, e.g. <c>v1.36.2</c> or <c>v1.30.1+k3s1</c>.</param>
public readonly partial record struct KubernetesVersion(int Major, int Minor, string GitVersion)
{
    /// <summary>Reads a version such as <c>v1.20.2</c>; what follows the minor version is kept but not compared.</summary>
    /// <exception cref="FormatException">It does not begin with a major and a minor version.</exception>
    public static KubernetesVersion Parse(string gitVersion)
    {
        var match = Pattern().Match(gitVersion);
        return match.Success
            ? new KubernetesVersion(Number(match.Groups[1]), Number(match.Groups[2]), gitVersion)
            : throw new FormatException($"'{gitVersion}' is no Kubernetes version: it must look like v1.36.2.");
    }

    /// <summary>Whether it is this minor version or a later one.</summary>
    public bool IsAtLeast(int major, int minor) => (Major, Minor).CompareTo((major, minor)) >= 0;

    /// <inheritdoc/>
    public override string ToString() => GitVersion;

    private static int Number(Group group) => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^v?(\d{1,4})\.(\d{1,4})")]
    private static partial Regex Pattern();
}
