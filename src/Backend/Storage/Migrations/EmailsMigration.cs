using System.Data.Common;

namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>The table by which users are found by the values of SCIM's <c>emails</c>, and its first content.</summary>
internal static class EmailsMigration
{
    private const int PageSize = 1000;

    /// <param name="number">The store's type for whole numbers.</param>
    /// <param name="text">The store's type for text that is compared byte by byte.</param>
    /// <param name="options">What the store wants after a table's columns.</param>
    public static string Tables(string number, string text, string options = "") => $"""
        CREATE TABLE user_emails (
            user_seq {number} NOT NULL,
            value_key {text},
            type_key {text}
        ){options};
        CREATE INDEX user_emails_user ON user_emails (user_seq);
        CREATE INDEX user_emails_value ON user_emails (value_key, user_seq);
        """;

    /// <summary>Fills it from the users that are there.</summary>
    public static void Fill(DbConnection connection)
    {
        using var emails = new EmailTable(connection);
        using var page = new SqlStatement(
            connection, "SELECT seq, attributes FROM users WHERE attributes IS NOT NULL AND seq > @after ORDER BY seq LIMIT @limit", "after", "limit");
        var after = 0L;
        while (page.All(row => (Seq: row.GetInt64(0), Attributes: row.GetString(1)), after, PageSize) is { Count: > 0 } rows)
        {
            foreach (var (seq, attributes) in rows)
            {
                emails.Add(seq, attributes);
            }

            after = rows[^1].Seq;
        }
    }
}
