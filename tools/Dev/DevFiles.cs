using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Where <c>up</c> keeps what it started.</summary>
internal sealed record DevFiles(RepositoryLayout Repository)
{
    private string Folder => Path.Combine(Repository.Artifacts, "dev");

    /// <summary>The file to be sourced.</summary>
    internal string Environment => Path.Combine(Folder, "env");

    /// <summary>What runs.</summary>
    internal string State => Path.Combine(Folder, "state.json");

    /// <summary>Keys, data, kubeconfigs and logs.</summary>
    internal string Work => Path.Combine(Folder, "work");
}
