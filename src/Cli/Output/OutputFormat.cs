using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Output;

/// <summary>The formats of a check's result.</summary>
internal static class OutputFormat
{
    internal const string Text = "text";
    internal const string Json = "json";
    internal const string Sarif = "sarif";
    internal const string Junit = "junit";

    internal static string[] All => [Text, Json, Sarif, Junit];

    /// <summary>Writes a result.</summary>
    internal static string Write(string format, CheckResult result, bool colour) => format switch
    {
        Json => JsonReport.Write(result),
        Sarif => SarifReport.Write(result),
        Junit => JunitReport.Write(result),
        _ => TextReport.Write(result, colour),
    };
}
