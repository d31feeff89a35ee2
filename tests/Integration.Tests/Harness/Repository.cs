using System.Reflection;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>Where the repository's files are.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    internal static string Config(string path) => Path.Combine(Root, "config", path);
}
