using ScimOperator.Cli.Input;
using ScimOperator.Cli.Manifests;
using ScimOperator.Cli.Schema;

namespace ScimOperator.Cli.Checks;

/// <summary>
/// Judges a whole change set: schemas first, then the guard. Pure. What is wrong with a file of the base does not stop a pull request that repairs
/// the file, but leaves dangerous changes Unknown.
/// </summary>
internal static class ChangeSetCheck
{
    internal static CheckResult Run(ChangeSet changes, CrdSchemas schemas)
    {
        var findings = new List<Finding>();
        findings.AddRange(Invalid(changes, schemas));
        if (findings.Count == 0)
        {
            new UserJudge(changes, findings).Judge();
            new TokenJudge(changes, findings).Judge();
            new AccountJudge(changes, findings).Judge();
            new EmailJudge(changes, findings).Judge();
        }

        findings.AddRange(changes.Base.Problems.Select(p => InBase(p, changes)));
        if (changes.Base.Count + changes.Head.Count + findings.Count == 0)
        {
            findings.Add(new Finding(
                FindingLevel.Notice,
                FindingCodes.NothingFound,
                "",
                $"Neither {changes.Base.Title} nor {changes.Head.Title} declares an object of {Crds.GroupVersion.ApiVersion}: check --base, --head and --path.",
                null));
        }

        return new CheckResult(changes.Base.Title, changes.Head.Title, changes.Changes(), Sort(findings));
    }

    /// <summary>A result for input that could not be read at all.</summary>
    internal static CheckResult Unreadable(string before, string after, IEnumerable<InputProblem> problems) =>
        new(before, after, [], Sort(problems.Select(p => Invalid(p, Side.Head))));

    /// <summary>Where the file is gone, nobody can tell what is removed with it.</summary>
    private static Finding InBase(InputProblem problem, ChangeSet changes)
    {
        var repaired = changes.Head.Files.Contains(changes.Base.Within(problem.At.File));
        return new Finding(
            repaired ? FindingLevel.Notice : FindingLevel.Unknown,
            FindingCodes.BaseUnreadable,
            "",
            $"in the base: {problem.Message}{(repaired ? "" : ". What this declared is not known, and the head has no such file: repair it first, in a pull request of its own")}",
            new Place(Side.Base, problem.At));
    }

    private static IEnumerable<Finding> Invalid(ChangeSet changes, CrdSchemas schemas) => changes.Head.Problems
        .Concat(ImmutableFields.Check(changes.Base, changes.Head, schemas))
        .Select(p => Invalid(p, Side.Head));

    private static Finding Invalid(InputProblem problem, Side side) =>
        new(FindingLevel.Invalid, FindingCodes.InvalidManifest, "", problem.Message, new Place(side, problem.At));

    private static IReadOnlyList<Finding> Sort(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderBy(f => f.Level)
            .ThenBy(f => f.Place?.At.File, StringComparer.Ordinal)
            .ThenBy(f => f.Place?.At.Line)
            .ThenBy(f => f.Place?.At.Column)
            .ThenBy(f => f.Message, StringComparer.Ordinal),
    ];
}
