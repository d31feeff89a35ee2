namespace ScimOperator.Cli.Input;

/// <summary>A place in a file.</summary>
/// <param name="File">The file as it is shown to people, with forward slashes.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 code units, from 1.</param>
internal sealed record Position(string File, int Line, int Column)
{
    internal static Position StartOf(string file) => new(file, 1, 1);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
