using System.Globalization;
using System.Text;

namespace ScimOperator.Backend.Storage.Postgres;

/// <summary>Statements in the form that PostgreSQL itself takes: parameters are $1, $2, …</summary>
internal static class PostgresText
{
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
