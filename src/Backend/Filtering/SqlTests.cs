using System.Globalization;
using System.Text;

namespace ScimOperator.Backend.Filtering;

/// <summary>Tests of single columns, written in what all stores understand, and the values that they compare with.</summary>
internal sealed class SqlTests
{
    private const string Marker = "@p";

    private readonly List<object> values = [];

    /// <summary>The whole condition. Of the values it keeps those that it still compares with: the opposite of a part that is not decided here drops some.</summary>
    public SqlCondition Condition(SqlTest test)
    {
        var (where, kept) = (new StringBuilder(), new List<int>());
        var parts = test.Sql.Split(Marker);
        where.Append(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var digits = part.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : part.Length;
            var value = int.Parse(part.AsSpan(0, digits), CultureInfo.InvariantCulture);
            if (!kept.Contains(value))
            {
                kept.Add(value);
            }

            where.Append(CultureInfo.InvariantCulture, $"{Marker}{kept.IndexOf(value)}").Append(part.AsSpan(digits));
        }

        return new SqlCondition(where.ToString(), [.. kept.Select(i => values[i])], test.Exact);
    }

    public SqlTest Equal(string column, object value) => new($"{column} = {Parameter(value)}", true);

    /// <param name="column">A column that is compared byte by byte; a row where it is null does not match.</param>
    /// <param name="text">In the form in which the column is.</param>
    public SqlTest Text(string column, ComparisonOperator comparison, string text)
    {
        // Not every store can hold a NUL, and what is stored in its place must not be taken for it.
        if (text.AsSpan().ContainsAny('\0', '\uFFFD'))
        {
            return SqlTest.Anything;
        }

        var test = comparison switch
        {
            ComparisonOperator.Eq => $"{column} = {Parameter(text)}",
            ComparisonOperator.Ne => $"{column} <> {Parameter(text)}",
            ComparisonOperator.Sw => Begins(column, text),
            ComparisonOperator.Co => text.Length == 0 ? "1 = 1" : $"replace({column}, {Parameter(text)}, '') <> {column}",
            ComparisonOperator.Ew => Ends(column, text),
            // Which of two texts is greater depends on more than the bytes.
            _ => null,
        };
        return test is null ? SqlTest.Anything : new SqlTest($"({column} IS NOT NULL AND {test})", true);
    }

    /// <param name="column">A time in milliseconds, never null.</param>
    public SqlTest Time(string column, ComparisonOperator comparison, string text)
    {
        if (ValueComparison.Time(text) is not { } time)
        {
            return SqlTest.Anything;
        }

        // Stored times are whole milliseconds; one that is asked for may lie between two.
        var (floor, between) = (time.ToUnixTimeMilliseconds(), time.Ticks % TimeSpan.TicksPerMillisecond != 0);
        return comparison switch
        {
            ComparisonOperator.Eq => between ? SqlTest.Never : Equal(column, floor),
            ComparisonOperator.Ne => between ? SqlTest.Always : Equal(column, floor).Not(),
            ComparisonOperator.Gt => new($"{column} > {Parameter(floor)}", true),
            ComparisonOperator.Ge => new($"{column} {(between ? ">" : ">=")} {Parameter(floor)}", true),
            ComparisonOperator.Lt => new($"{column} {(between ? "<=" : "<")} {Parameter(floor)}", true),
            ComparisonOperator.Le => new($"{column} <= {Parameter(floor)}", true),
            _ => SqlTest.Anything,
        };
    }

    // A range, so that an index of the column serves.
    private string Begins(string column, string prefix)
    {
        var from = $"{column} >= {Parameter(prefix)}";
        return Beyond(prefix) is { } end ? $"{from} AND {column} < {Parameter(end)}" : from;
    }

    private string Ends(string column, string suffix)
    {
        var length = Parameter((long)suffix.EnumerateRunes().Count());
        return $"length({column}) >= {length} AND substr({column}, length({column}) - CAST({length} AS INTEGER) + 1) = {Parameter(suffix)}";
    }

    // The least text that is greater than all that begin with the prefix: bytes of UTF-8 are ordered as code points are.
    private static string? Beyond(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
                return string.Concat(runes);
            }
        }

        return null;
    }

    private string Parameter(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{Marker}{values.Count - 1}");
    }
}
