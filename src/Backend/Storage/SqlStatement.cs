using System.Data.Common;
using System.Globalization;
using Npgsql;
using ScimOperator.Backend.Storage.Postgres;

namespace ScimOperator.Backend.Storage;

/// <summary>One statement, prepared at first use and reused for the life of its connection. Not thread-safe, as the connection is not.</summary>
/// <param name="connection">The connection it belongs to.</param>
/// <param name="sql">Text with @named parameters.</param>
/// <param name="names">The parameters in the order in which values are given.</param>
internal sealed class SqlStatement(DbConnection connection, string sql, params string[] names) : IDisposable
{
    private DbCommand? command;

    public int Execute(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    public long Count(params ReadOnlySpan<object?> values) => Convert.ToInt64(Bind(values).ExecuteScalar(), CultureInfo.InvariantCulture);

    /// <summary>The one value of the result; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<object?> values) => Bind(values).ExecuteScalar() as string;

    public T? One<T>(Func<DbDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Bind(values).ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    public List<T> All<T>(Func<DbDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public void Dispose() => command?.Dispose();

    private DbCommand Bind(ReadOnlySpan<object?> values)
    {
        var prepared = command ??= Prepare();
        for (var i = 0; i < values.Length; i++)
        {
            prepared.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                string text when prepared is NpgsqlCommand => PostgresText.Storable(text),
                var value => value,
            };
        }

        return prepared;
    }

    // The text is one of this project's constants, or is put together from them: values only ever travel as parameters.
#pragma warning disable CA2100
    private DbCommand Prepare()
    {
        var created = connection.CreateCommand();
        // Npgsql would read through a text with names at every execution, to number them.
        var numbered = created is NpgsqlCommand && names.Length > 0;
        created.CommandText = numbered ? PostgresText.Numbered(sql, names) : sql;
        foreach (var name in names)
        {
            var parameter = created.CreateParameter();
            parameter.ParameterName = numbered ? "" : "@" + name;
            created.Parameters.Add(parameter);
        }

        return created;
    }
#pragma warning restore CA2100
}
