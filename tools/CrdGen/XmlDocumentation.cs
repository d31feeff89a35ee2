using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ScimOperator.CrdGen;

/// <summary>The summaries that the compiler wrote beside an assembly: the descriptions of the schema.</summary>
public sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries;

    private XmlDocumentation(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the documentation files of some assemblies. Throws when one has none: a schema without descriptions must not be written.</summary>
    public static XmlDocumentation Load(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        var members =
            from assembly in assemblies
            from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            let summary = member.Element("summary")
            where summary is not null && (string?)member.Attribute("name") is not null
            select (Id: (string)member.Attribute("name")!, Text: Flatten(summary));
        return new XmlDocumentation(members.ToDictionary(m => m.Id, m => m.Text, StringComparer.Ordinal));
    }

    /// <summary>Summary of a type.</summary>
    public string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Find($"T:{type.FullName}");
    }

    /// <summary>Summary of a property or an enum's value.</summary>
    public string Of(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var prefix = member is FieldInfo ? 'F' : 'P';
        return Find($"{prefix}:{member.DeclaringType?.FullName}.{member.Name}");
    }

    private static string Flatten(XElement summary)
    {
        foreach (var reference in summary.Descendants().Where(e => e.Attribute("cref") is not null).ToList())
        {
            reference.ReplaceWith(((string)reference.Attribute("cref")!).Split('.')[^1]);
        }

        return WhiteSpace().Replace(summary.Value, " ").Trim();
    }

    private string Find(string id) =>
        _summaries.TryGetValue(id, out var text) && text.Length > 0
            ? text
            : throw new InvalidOperationException($"{id} has no summary: write one, it becomes the field's description in the CRD.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
