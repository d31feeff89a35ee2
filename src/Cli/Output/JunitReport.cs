using System.Globalization;
using System.Text;
using System.Xml;
using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Output;

/// <summary>
/// The result as JUnit XML: a test case per changed object and per finding that belongs to none of them. Denied is a failure; unknown and
/// invalid are errors.
/// </summary>
internal static class JunitReport
{
    private const string Suite = "kubectl-scim check";

    internal static string Write(CheckResult result)
    {
        var cases = Cases(result);
        var builder = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var writer = XmlWriter.Create(builder, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            Counts(writer, result, cases.Count);
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", Valid($"{Suite} {result.Base} -> {result.Head}"));
            Counts(writer, result, cases.Count);
            foreach (var (name, findings) in cases)
            {
                Case(writer, name, findings);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return builder.Append('\n').ToString();
    }

    private static List<(string Name, IReadOnlyList<Finding> Findings)> Cases(CheckResult result)
    {
        var bySubject = result.Findings.ToLookup(f => f.Subject, StringComparer.Ordinal);
        var changed = result.Changes.Select(c => c.Subject).Distinct(StringComparer.Ordinal).ToList();
        var known = changed.ToHashSet(StringComparer.Ordinal);
        var cases = changed.Select(s => (s, (IReadOnlyList<Finding>)[.. bySubject[s]])).ToList();
        cases.AddRange(result.Findings
            .Where(f => !known.Contains(f.Subject))
            .GroupBy(f => f.Subject.Length > 0 ? f.Subject : f.Place is null ? result.Head : Locations.Write(f.Place), StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<Finding>)[.. g])));
        return cases;
    }

    private static void Counts(XmlWriter writer, CheckResult result, int tests)
    {
        writer.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        writer.WriteAttributeString("failures", result.Count(FindingLevel.Denied).ToString(CultureInfo.InvariantCulture));
        writer.WriteAttributeString("errors", (result.Count(FindingLevel.Invalid) + result.Count(FindingLevel.Unknown)).ToString(CultureInfo.InvariantCulture));
    }

    private static void Case(XmlWriter writer, string name, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", "kubectl-scim");
        writer.WriteAttributeString("name", Valid(name));
        if (findings.FirstOrDefault(f => f.Place is not null)?.Place is { } place)
        {
            writer.WriteAttributeString("file", Valid(place.At.File));
            writer.WriteAttributeString("line", place.At.Line.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var finding in findings.Where(f => f.Level != FindingLevel.Notice))
        {
            writer.WriteStartElement(finding.Level == FindingLevel.Denied ? "failure" : "error");
            writer.WriteAttributeString("type", finding.Code);
            writer.WriteAttributeString("message", Valid(finding.Message));
            writer.WriteString(Valid(Details(finding)));
            writer.WriteEndElement();
        }

        var notices = string.Join('\n', findings.Where(f => f.Level == FindingLevel.Notice).Select(f => $"{f.Code}: {f.Message}"));
        if (notices.Length > 0)
        {
            writer.WriteElementString("system-out", Valid(notices));
        }

        writer.WriteEndElement();
    }

    private static string Details(Finding finding)
    {
        var lines = new List<string> { finding.Message };
        lines.AddRange(finding.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"step {s.Number}: {s.Text}{(s.Place is null ? "" : $" [{Locations.Write(s.Place)}]")}")));
        if (finding.Place is { } place)
        {
            lines.Add($"at {Locations.Write(place)}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>File names may hold characters that XML can't.</summary>
    private static string Valid(string text) => text.All(c => XmlConvert.IsXmlChar(c)) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\uFFFD'));
}
