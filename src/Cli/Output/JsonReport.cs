using System.Text.Json;
using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Output;

/// <summary>The result for programs. The shape is documented in docs/guides/pull-requests.md; fields are only ever added.</summary>
internal static class JsonReport
{
    private const int SchemaVersion = 1;

    internal static string Write(CheckResult result) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.WriteString("outcome", result.Outcome);
        writer.WriteNumber("exitCode", result.ExitCode);
        writer.WriteString("base", result.Base);
        writer.WriteString("head", result.Head);
        writer.WriteStartArray("changes");
        foreach (var change in result.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("subject", change.Subject);
            writer.WriteString("change", change.Act);
            Place(writer, change.Place);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            Finding(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Finding(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("level", finding.Level switch
        {
            FindingLevel.Invalid => "invalid",
            FindingLevel.Denied => "denied",
            FindingLevel.Unknown => "unknown",
            _ => "notice",
        });
        writer.WriteString("code", finding.Code);
        if (finding.Subject.Length > 0)
        {
            writer.WriteString("subject", finding.Subject);
        }

        writer.WriteString("message", finding.Message);
        Place(writer, finding.Place);
        if (finding.Steps.Count > 0)
        {
            writer.WriteStartArray("steps");
            foreach (var step in finding.Steps)
            {
                writer.WriteStartObject();
                writer.WriteNumber("step", step.Number);
                writer.WriteString("text", step.Text);
                Place(writer, step.Place);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter writer, Place? place)
    {
        if (place is null)
        {
            return;
        }

        writer.WriteStartObject("location");
        writer.WriteString("side", place.Side == Side.Base ? "base" : "head");
        writer.WriteString("file", place.At.File);
        writer.WriteNumber("line", place.At.Line);
        writer.WriteNumber("column", place.At.Column);
        writer.WriteEndObject();
    }
}
