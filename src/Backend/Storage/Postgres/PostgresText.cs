using System.Globalization;
using System.Text;

namespace ScimOperator.Backend.Storage.Postgres;

/// <summary>Statements and values in the form that PostgreSQL itself takes.</summary>
internal static class PostgresText
{
    /// <summary>The statement with its parameters as $1, $2, …</summary>
    /// <param name="sql">One of this project's statements; none has an @ that begins no parameter.</param>
    /// <param name="names">The parameters' names in the order in which they are numbered.</param>
    public static string Numbered(string sql, IReadOnlyList<string> names)
    {
        var result = new StringBuilder(sql.Length);
        for (var at = 0; at < sql.Length;)
        {
            if (sql[at] != '@')
            {
                result.Append(sql[at++]);
                continue;
            }

            var end = at + 1;
            while (end < sql.Length && char.IsAsciiLetterOrDigit(sql[end]))
            {
                end++;
            }

            result.Append('$').Append((Position(names, sql.AsSpan(at + 1, end - at - 1)) + 1).ToString(CultureInfo.InvariantCulture));
            at = end;
        }

        return result.ToString();
    }

    /// <summary>
    /// PostgreSQL's text has no NUL. None is ever stored, since no attribute may hold control characters; one that is
    /// looked for becomes a noncharacter, and is not found.
    /// </summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFF');

    private static int Position(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The statement has a parameter @{name} that nobody gives a value.");
    }
}
