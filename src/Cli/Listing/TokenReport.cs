using System.Text.Json;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Listing;

/// <summary>Prints the list of tokens. Pure.</summary>
internal static class TokenReport
{
    private const int SchemaVersion = 1;
    private const string None = "<none>";
    private const string NotKnown = "<unknown>";

    internal static string Write(string format, IReadOnlyList<TokenRow> rows, bool allNamespaces, DateTimeOffset now) => format switch
    {
        ObjectFormat.Json or ObjectFormat.Yaml => ObjectFormat.Write(Document(rows), format),
        ObjectFormat.Name => string.Concat(rows.Where(r => r.ScimToken is not null)
            .Select(r => (r.Namespace, r.ScimToken)).Distinct().Select(r => ObjectFormat.NameOf(ResourceTypes.ScimTokens, r.ScimToken!) + "\n")),
        _ => Table(rows, allNamespaces, format == ObjectFormat.Wide, now),
    };

    private static string Table(IReadOnlyList<TokenRow> rows, bool allNamespaces, bool wide, DateTimeOffset now)
    {
        if (rows.Count == 0)
        {
            return "";
        }

        List<(string Title, Func<TokenRow, string> Cell)> columns =
        [
            ("ACCOUNT", r => r.Account),
            ("DESCRIPTION", r => r.Description ?? None),
            ("OWNER", r => r.Owner ?? NotKnown),
            ("STATE", r => r.State),
            ("AGE", r => r.CreatedAt is { } at ? HumanDuration.Format(now - at) : r.State == TokenRow.Pending ? None : NotKnown),
            ("LAST USE", r => r.LastUsedAt is { } at ? HumanDuration.Format(now - at) + " ago" : None),
            ("EXPIRES", r => Expiry(r, now)),
            ("SCIMTOKEN", r => r.ScimToken ?? None),
            ("SECRET", r => r.Secret ?? None),
        ];
        if (allNamespaces)
        {
            columns.Insert(0, ("NAMESPACE", r => r.Namespace));
        }

        if (wide)
        {
            columns.AddRange([("TOKEN", r => r.Id ?? None), ("ENDS IN", r => r.LastFour ?? None), ("SOURCE", r => Source(r))]);
        }

        return TableText.Write([.. columns.Select(c => c.Title)], [.. rows.Select(r => columns.Select(c => c.Cell(r)).ToList())]);
    }

    private static string Expiry(TokenRow row, DateTimeOffset now) => row.ExpiresAt switch
    {
        // The operator's reports don't say when a token made outside the cluster expires, and some accounts list none.
        null => row is { Live: false, State: TokenRow.Unmanaged } or { Id: null, State: TokenRow.Observed } ? NotKnown : None,
        { } end when end <= now => "expired",
        { } end => HumanDuration.Format(end - now),
    };

    private static string Source(TokenRow row) => row.Live ? "account" : "cluster";

    private static JsonElement Document(IReadOnlyList<TokenRow> rows)
    {
        var json = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("schemaVersion", SchemaVersion);
            writer.WriteStartArray("tokens");
            foreach (var row in rows)
            {
                Write(writer, row);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, TokenRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", row.Namespace);
        writer.WriteString("account", row.Account);
        Optional(writer, "id", row.Id);
        Optional(writer, "description", row.Description);
        Optional(writer, "owner", row.Owner);
        writer.WriteString("state", row.State);
        Optional(writer, "lastFour", row.LastFour);
        Optional(writer, "createdAt", row.CreatedAt);
        Optional(writer, "lastUsedAt", row.LastUsedAt);
        Optional(writer, "expiresAt", row.ExpiresAt);
        Optional(writer, "scimToken", row.ScimToken);
        Optional(writer, "secret", row.Secret);
        writer.WriteString("source", Source(row));
        writer.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Optional(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteString(name, time.UtcDateTime);
        }
    }
}
