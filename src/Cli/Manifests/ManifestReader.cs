using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Input;
using ScimOperator.Cli.Schema;
using ScimOperator.Cli.Sources;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Manifests;

/// <summary>Picks the objects of this API group out of files and validates them. Documents of other groups are passed over.</summary>
internal sealed class ManifestReader(CrdSchemas schemas, InputLimits limits, string defaultNamespace)
{
    /// <summary>Reads one side. What is wrong ends up in its problems; what is right is read all the same.</summary>
    internal ManifestSet Read(SourceSet source)
    {
        var set = new ManifestSet { Title = source.Title };
        set.Problems.AddRange(source.Problems);
        foreach (var file in source.Files)
        {
            set.Files.Add(set.Within(file.Name));
            try
            {
                foreach (var document in DocumentReader.Read(file.Name, file.Content.Span, limits))
                {
                    Take(document, set);
                }
            }
            catch (InputException e)
            {
                set.Problems.Add(e.Problem);
            }
        }

        return set;
    }

    private void Take(Node document, ManifestSet set)
    {
        var apiVersion = document["apiVersion"]?.AsText();
        var kind = document["kind"]?.AsText();
        if (apiVersion == "v1" && kind == "List")
        {
            TakeItems(document, set);
        }
        else if (apiVersion is not null && IsOwnGroup(apiVersion))
        {
            TakeOwn(document, apiVersion, kind, set);
        }
    }

    private static bool IsOwnGroup(string apiVersion) =>
        apiVersion == GroupVersion.Group || apiVersion.StartsWith(GroupVersion.Group + "/", StringComparison.OrdinalIgnoreCase);

    private void TakeItems(Node list, ManifestSet set)
    {
        foreach (var item in list["items"]?.Items ?? [])
        {
            Take(item, set);
        }
    }

    private void TakeOwn(Node document, string apiVersion, string? kind, ManifestSet set)
    {
        if (apiVersion != GroupVersion.ApiVersion)
        {
            set.Problems.Add(new InputProblem(document["apiVersion"]!.At, $"apiVersion {ScalarRules.Shorten(apiVersion)} is not known: write {GroupVersion.ApiVersion}"));
            return;
        }

        if (kind is not null && kind.EndsWith("List", StringComparison.Ordinal) && schemas[kind[..^4]] is not null)
        {
            TakeItems(document, set);
            return;
        }

        if (kind is null || schemas[kind] is not { } schema)
        {
            set.Problems.Add(new InputProblem(
                (document["kind"] ?? document).At,
                $"kind {ScalarRules.Shorten(kind ?? "(none)")} does not exist in {GroupVersion.ApiVersion}: the kinds are {string.Join(", ", schemas.Kinds)}"));
            return;
        }

        if (Validate(document, schema, set))
        {
            Add(document, kind, set);
        }
    }

    private bool Validate(Node document, SchemaNode schema, ManifestSet set)
    {
        var problems = new List<InputProblem>();
        var validator = new SchemaValidator(problems);
        foreach (var entry in document.Entries.Where(e => !schema.Properties.ContainsKey(e.Key)))
        {
            problems.Add(new InputProblem(entry.KeyAt, $"{ScalarRules.Shorten(entry.Key)} is not a known field: the fields here are apiVersion, kind, metadata, spec"));
        }

        if (document["metadata"] is { } metadata)
        {
            validator.Validate(metadata, schemas.MetadataSchema, "metadata");
        }
        else
        {
            problems.Add(new InputProblem(document.At, "metadata is required, with a name"));
        }

        foreach (var part in new[] { "spec", "status" })
        {
            if (document[part] is { } value)
            {
                validator.Validate(value, schema.Properties[part], part);
            }
            else if (schema.Required.Contains(part))
            {
                problems.Add(new InputProblem(document.At, $"{part} is required"));
            }
        }

        set.Problems.AddRange(problems);
        return problems.Count == 0;
    }

    private void Add(Node document, string kind, ManifestSet set)
    {
        var ns = document.Find("metadata", "namespace")?.Text;
        var key = new ManifestKey(ns ?? defaultNamespace, document.Find("metadata", "name")!.Text);
        switch (kind)
        {
            case "Account":
                Add(document, kind, key, CrdsJsonContext.Default.Account, set.Accounts, set.Problems);
                break;
            case "AccountUser":
                Add(document, kind, key, CrdsJsonContext.Default.AccountUser, set.Users, set.Problems);
                break;
            case "ScimToken":
                Add(document, kind, key, CrdsJsonContext.Default.ScimToken, set.Tokens, set.Problems);
                break;
            default:
                throw new InvalidOperationException($"{kind} has a schema and is not read.");
        }
    }

    private static void Add<T>(Node document, string kind, ManifestKey key, JsonTypeInfo<T> type, SortedDictionary<ManifestKey, Manifest<T>> objects, List<InputProblem> problems)
        where T : class, IKubernetesObject
    {
        if (objects.TryGetValue(key, out var first))
        {
            problems.Add(new InputProblem(document.At, $"{kind} {key} is declared twice, first in {first.Document.At}: remove one, or set metadata.namespace if they differ by it"));
            return;
        }

        try
        {
            var value = JsonSerializer.Deserialize(NodeJson.Write(document, key).Span, type)!;
            objects.Add(key, new Manifest<T>(kind, key, value, document));
        }
        catch (JsonException e)
        {
            problems.Add(new InputProblem(document.At, $"{kind} {key} can't be read ({e.Path ?? "spec"})"));
        }
    }
}
