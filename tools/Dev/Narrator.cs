using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Everything that is said on the screen. Colours only where somebody looks: never in a file or in CI.</summary>
internal sealed class Narrator(TextWriter output, bool useColour)
{
    private const string Indent = "    ";
    private const int MaximumLogLine = 300;

    /// <summary>Makes paths short: those in the clone are shown as a person in its folder would write them.</summary>
    internal RepositoryLayout? Repository { get; init; }

    /// <summary>Receives lines of progress, e.g. from the control plane.</summary>
    internal TextWriter Progress => output;

    internal void Title(string text) => output.WriteLine(Paint("1", $"\n=== {text}"));

    internal void Say(string text) => output.WriteLine(text);

    /// <summary>The end of a log: long lines, with their stack traces, are in the file.</summary>
    internal void Log(string path, string tail)
    {
        output.WriteLine($"The end of {Shorten(path)}:");
        output.WriteLine(Indented(string.Join('\n', tail.Split('\n').Select(line => line.Length > MaximumLogLine ? line[..MaximumLogLine] + " ..." : line))));
    }

    internal void Detail(string text) => output.WriteLine(Indented(text));

    internal void Verified(string what) => output.WriteLine($"  {Paint("32", "ok")}  {what}");

    internal void Pass(string text) => output.WriteLine(Paint("1;32", "PASS") + "  " + text);

    internal void Fail(string text) => output.WriteLine(Paint("1;31", "FAIL") + "  " + text);

    /// <summary>A command as a person types it, with what it printed.</summary>
    internal void Typed(KubectlCall call)
    {
        output.WriteLine(Paint("36", "  $ kubectl " + string.Join(' ', call.Arguments.Select(Quote))));
        var said = (call.Result.Stdout + call.Result.Stderr).Trim();
        if (said.Length > 0)
        {
            output.WriteLine(Indented(Shorten(said)));
        }
    }

    internal static string Quoted(string argument) =>
        argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:,@%+".Contains(c, StringComparison.Ordinal)) && argument.Length > 0
            ? argument
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private string Quote(string argument) => Quoted(Shorten(argument));

    private string Shorten(string text) => Repository is { } repository ? text.Replace(repository.Root + "/", "", StringComparison.Ordinal) : text;

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => (Indent + line).TrimEnd()));

    private string Paint(string code, string text) => useColour ? $"\e[{code}m{text}\e[0m" : text;
}
