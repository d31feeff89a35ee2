using System.Text;
using System.Text.Json;
using ScimOperator.Cli.Checks;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Output;

/// <summary>
/// The result as SARIF 2.1.0 (OASIS), which GitHub shows as annotations. ruleId is the finding's code. A removed object is placed where the
/// base had it.
/// </summary>
internal static class SarifReport
{
    private static readonly (string Code, string Text)[] Rules =
    [
        (GuardCodes.AdminHoldsScimToken, "An admin who holds a SCIM token must not be demoted, deactivated or deleted: the token would stop working."),
        (GuardCodes.LastAdmin, "The last active admin of an account must not be lost."),
        (GuardCodes.CredentialAdmin, "The admin behind the Account's own credential must not be lost."),
        (GuardCodes.OwnerNotActiveAdmin, "A ScimToken's owner must be an active admin of the same account."),
        (GuardCodes.EmailClaimed, "One person is declared by one AccountUser per account."),
        (GuardCodes.AccountInUse, "An Account in use is neither deleted nor pointed elsewhere."),
        (GuardCodes.NotKnown, "It is not known whether the change would break provisioning."),
        (FindingCodes.InvalidManifest, "A manifest can't be read, or does not satisfy its schema."),
        (FindingCodes.BaseUnreadable, "A file of the base can't be read."),
        (FindingCodes.NotCheckedAgainstAccount, "Tokens made outside Git were not looked for."),
        (FindingCodes.OwnerRemoved, "A ScimToken's owner is no longer declared."),
        (FindingCodes.OnlyToken, "The last ScimToken of an Account is removed."),
        (FindingCodes.ZeroOverlap, "A rotation leaves no time to take up the new token."),
        (FindingCodes.RemovalOrder, "An Account is removed together with what refers to it."),
        (FindingCodes.SyncWaves, "The change is safe because of sync waves only."),
        (FindingCodes.NothingFound, "No object of this API group was found."),
    ];

    internal static string Write(CheckResult result) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        Tool(writer);
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var finding in result.Findings)
        {
            Result(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Tool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "kubectl-scim");
        writer.WriteString("semanticVersion", BuildVersion.Number);
        writer.WriteStartArray("rules");
        foreach (var (code, text) in Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", code);
            Text(writer, "shortDescription", text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Code);
        writer.WriteNumber("ruleIndex", Array.FindIndex(Rules, r => r.Code == finding.Code));
        writer.WriteString("level", finding.Level == FindingLevel.Notice ? "note" : "error");
        Text(writer, "message", Message(finding));
        if (finding.Place is { } place)
        {
            writer.WriteStartArray("locations");
            Location(writer, place, null);
            writer.WriteEndArray();
        }

        var related = finding.Steps.Where(s => s.Place is not null).ToList();
        if (related.Count > 0)
        {
            writer.WriteStartArray("relatedLocations");
            foreach (var step in related)
            {
                Location(writer, step.Place!, $"step {step.Number}: {step.Text}");
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string Message(Finding finding)
    {
        var message = new StringBuilder(finding.Message);
        foreach (var step in finding.Steps)
        {
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nStep {step.Number}: {step.Text}");
        }

        return message.ToString();
    }

    private static void Location(Utf8JsonWriter writer, Place place, string? message)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri(place.At.File));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", place.At.Line);
        writer.WriteNumber("startColumn", place.At.Column);
        writer.WriteEndObject();
        writer.WriteEndObject();
        if (message is not null)
        {
            Text(writer, "message", message);
        }

        writer.WriteEndObject();
    }

    /// <summary>A relative reference, its segments escaped; an absolute path becomes a file URI.</summary>
    private static string Uri(string file)
    {
        var escaped = string.Join('/', file.Split('/').Select(System.Uri.EscapeDataString));
        return file.StartsWith('/') ? "file://" + escaped : escaped;
    }

    private static void Text(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}
