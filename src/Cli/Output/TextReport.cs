using System.Globalization;
using System.Text;
using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Output;

/// <summary>The result for people: what is refused first, each with its place and its next step, and a last line that sums up.</summary>
internal sealed class TextReport
{
    private readonly StringBuilder text = new();
    private readonly bool colour;

    private TextReport(bool colour) => this.colour = colour;

    internal static string Write(CheckResult result, bool colour)
    {
        var report = new TextReport(colour);
        foreach (var finding in result.Findings)
        {
            report.Add(finding);
        }

        report.Sum(result);
        return report.text.ToString();
    }

    private static (string Word, string Code) Style(FindingLevel level) => level switch
    {
        FindingLevel.Invalid => ("invalid", "31"),
        FindingLevel.Denied => ("denied", "31"),
        FindingLevel.Unknown => ("unknown", "33"),
        _ => ("notice", "36"),
    };

    /// <summary>Names and paths come from files: what could steer a terminal is shown as it is written in code.</summary>
    private static string Plain(string value)
    {
        var plain = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = char.IsControl(c) ? plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : plain.Append(c);
        }

        return plain.ToString();
    }

    private void Add(Finding finding)
    {
        var (word, code) = Style(finding.Level);
        var where = finding.Place is null ? "" : $"  {Locations.Write(finding.Place)}";
        var what = finding.Level == FindingLevel.Invalid ? "" : $"  {finding.Code}";
        text.Append(Coloured(word, code)).Append(Plain(where)).Append(what).Append('\n');
        text.Append("  ").Append(Plain(finding.Message)).Append('\n');
        if (finding.Steps.Count > 0)
        {
            Steps(finding.Steps);
        }

        text.Append('\n');
    }

    private void Steps(IReadOnlyList<Step> steps)
    {
        text.Append("  This change set is safe only in steps, each applied before the next: one commit each, or sync waves (Argo CD) or dependsOn (Flux).\n");
        foreach (var step in steps)
        {
            var where = step.Place is null ? "" : $" [{Locations.Write(step.Place)}]";
            text.Append(CultureInfo.InvariantCulture, $"    step {step.Number}: ").Append(Plain(step.Text + where)).Append('\n');
        }
    }

    private void Sum(CheckResult result)
    {
        var code = result.ExitCode switch { ExitCodes.Allowed => "32", ExitCodes.Denied => "31", _ => "33" };
        text.Append(Coloured(result.Outcome, code)).Append(CultureInfo.InvariantCulture, $": {Plural(result.Changes.Count, "changed object")}");
        foreach (var level in Enum.GetValues<FindingLevel>().Where(l => result.Count(l) > 0))
        {
            text.Append(", ").Append(level == FindingLevel.Notice ? Plural(result.Count(level), "notice") : string.Create(CultureInfo.InvariantCulture, $"{result.Count(level)} {Style(level).Word}"));
        }

        text.Append(Plain($" ({result.Base} -> {result.Head})")).Append('\n');
    }

    private static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private string Coloured(string word, string code) => colour ? $"\u001b[{code}m{word}\u001b[0m" : word;
}
