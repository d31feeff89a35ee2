using System.Text;

namespace ScimOperator.Cli.Output;

/// <summary>A table as kubectl prints it: columns padded, three spaces between them.</summary>
internal static class TableText
{
    private const int Gap = 3;

    internal static string Write(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var shown = rows.Select(row => row.Select(Printable).ToList()).ToList();
        var widths = header.Select((title, i) => shown.Select(r => r[i].Length).Append(title.Length).Max()).ToList();
        var text = new StringBuilder();
        Line(text, header, widths);
        foreach (var row in shown)
        {
            Line(text, row, widths);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells, List<int> widths)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            text.Append(i == cells.Count - 1 ? cells[i] : cells[i].PadRight(widths[i] + Gap));
        }

        text.Append('\n');
    }

    /// <summary>Descriptions come from the account: none of them may steer a terminal.</summary>
    private static string Printable(string cell) => cell.Any(char.IsControl) ? string.Concat(cell.Select(c => char.IsControl(c) ? '?' : c)) : cell;
}
