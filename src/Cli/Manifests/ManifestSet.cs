using ScimOperator.Cli.Input;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Manifests;

/// <summary>All objects of one side of a change set.</summary>
internal sealed class ManifestSet
{
    /// <summary>How the side is called.</summary>
    internal required string Title { get; init; }

    /// <summary>The files that were read, by their names within the side.</summary>
    internal HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The Accounts.</summary>
    internal SortedDictionary<ManifestKey, Manifest<Account>> Accounts { get; } = [];

    /// <summary>The AccountUsers.</summary>
    internal SortedDictionary<ManifestKey, Manifest<AccountUser>> Users { get; } = [];

    /// <summary>The ScimTokens.</summary>
    internal SortedDictionary<ManifestKey, Manifest<ScimToken>> Tokens { get; } = [];

    /// <summary>What is wrong with the side's files.</summary>
    internal List<InputProblem> Problems { get; } = [];

    /// <summary>A file's name without the side's own: what two folders have in common.</summary>
    internal string Within(string file) => file.StartsWith(Title + "/", StringComparison.Ordinal) ? file[(Title.Length + 1)..] : file;

    /// <summary>How many objects there are.</summary>
    internal int Count => Accounts.Count + Users.Count + Tokens.Count;
}
