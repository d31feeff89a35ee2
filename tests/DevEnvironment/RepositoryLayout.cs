using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>Where the clone keeps what an environment is made of.</summary>
/// <param name="Root">The clone's folder.</param>
public sealed record RepositoryLayout(string Root)
{
    /// <summary>The manifests.</summary>
    public string Config => Path.Combine(Root, "config");

    /// <summary>Everything that is made, and not in git.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The clone that this program was built in.</summary>
    /// <exception cref="ControlPlaneException">It is in none.</exception>
    public static RepositoryLayout Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ScimOperator.sln")))
            {
                return new RepositoryLayout(folder);
            }
        }

        throw new ControlPlaneException($"{AppContext.BaseDirectory} is in no clone of the project: config/ and artifacts/bin are not found. Run it where it was built.");
    }

    /// <summary>The path of a published binary in artifacts/bin.</summary>
    /// <exception cref="ControlPlaneException">It was not published.</exception>
    public string Binary(string name)
    {
        var path = Path.Combine(Artifacts, "bin", name);
        return File.Exists(path) ? path : throw new ControlPlaneException($"There is no {path}. Publish the binaries first: make build");
    }

    /// <summary>A path as a person in the clone's folder would write it.</summary>
    public string Relative(string path) =>
        path.StartsWith(Root + "/", StringComparison.Ordinal) ? Path.GetRelativePath(Root, path) : path;
}
