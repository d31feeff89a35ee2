using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>How values lie in columns: times as Unix milliseconds, truth as 0 and 1. Both stores order and compare these alike.</summary>
internal static class SqlValues
{
    public static object? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static long Of(bool value) => value ? 1 : 0;

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? OptionalTime(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);
}
