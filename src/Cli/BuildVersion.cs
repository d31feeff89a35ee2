using System.Reflection;

namespace ScimOperator.Cli;

/// <summary>The version this was built as.</summary>
internal static class BuildVersion
{
    private static readonly string[] Parts = (typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+', 2);

    /// <summary>Semantic version.</summary>
    internal static string Number => Parts[0];

    /// <summary>Commit it was built from; null when the build did not know.</summary>
    internal static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
