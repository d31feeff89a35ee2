using System.Data.Common;
using System.Text.Json;

namespace ScimOperator.Backend.Storage;

/// <summary>The values of users' <c>emails</c>, lower-cased, so that filters find them by index. The attributes themselves stay with the user.</summary>
internal sealed class EmailTable(DbConnection connection) : IDisposable
{
    private readonly SqlStatement insert = new(
        connection, "INSERT INTO user_emails (user_seq, value_key, type_key) VALUES (@user, @value, @type)", "user", "value", "type");

    private readonly SqlStatement delete = new(connection, "DELETE FROM user_emails WHERE user_seq = @user", "user");

    /// <summary>The form in which values and types are compared. A NUL, which not every store can hold, becomes a replacement character.</summary>
    public static string Key(string text) => text.ToLowerInvariant().Replace('\0', '\uFFFD');

    /// <param name="userSeq">The user's position in creation order.</param>
    /// <param name="attributes">The user's attributes in canonical form, which may have no emails.</param>
    public void Add(long userSeq, string? attributes)
    {
        if (attributes?.Contains("\"emails\"", StringComparison.Ordinal) != true)
        {
            return;
        }

        using var document = JsonDocument.Parse(attributes);
        if (document.RootElement.TryGetProperty("emails", out var emails) && emails.ValueKind == JsonValueKind.Array)
        {
            foreach (var email in emails.EnumerateArray())
            {
                insert.Execute(userSeq, Text(email, "value"), Text(email, "type"));
            }
        }
    }

    public void Remove(long userSeq) => delete.Execute(userSeq);

    public void Dispose()
    {
        insert.Dispose();
        delete.Dispose();
    }

    private static string? Text(JsonElement email, string name) =>
        email.ValueKind == JsonValueKind.Object && email.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Key(value.GetString()!)
            : null;
}
