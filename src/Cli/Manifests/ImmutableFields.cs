using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Input;
using ScimOperator.Cli.Schema;

namespace ScimOperator.Cli.Manifests;

/// <summary>Notes where a change set alters a field that must not change.</summary>
internal static class ImmutableFields
{
    internal static IReadOnlyList<InputProblem> Check(ManifestSet before, ManifestSet after, CrdSchemas schemas)
    {
        var problems = new List<InputProblem>();
        Check(before.Accounts, after.Accounts, schemas, problems);
        Check(before.Users, after.Users, schemas, problems);
        Check(before.Tokens, after.Tokens, schemas, problems);
        return problems;
    }

    private static void Check<T>(
        SortedDictionary<ManifestKey, Manifest<T>> before, SortedDictionary<ManifestKey, Manifest<T>> after, CrdSchemas schemas, List<InputProblem> problems)
        where T : class, IKubernetesObject
    {
        var validator = new SchemaValidator(problems);
        foreach (var (key, now) in after)
        {
            if (before.TryGetValue(key, out var was))
            {
                validator.ValidateTransition(was.Document["spec"]!, now.Document["spec"]!, schemas[now.Kind]!.Properties["spec"], "spec");
            }
        }
    }
}
