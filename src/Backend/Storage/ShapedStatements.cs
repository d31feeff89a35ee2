using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>Statements whose text depends on a filter. Filters come from outside in endless shapes: only so many are kept prepared.</summary>
internal sealed class ShapedStatements(DbConnection connection) : IDisposable
{
    private const int MaxShapes = 64;

    private readonly Dictionary<string, SqlStatement> shapes = [];

    /// <param name="sql">Put together from this project's constants, values as @p0, @p1, …</param>
    /// <param name="values">How many of those there are.</param>
    /// <param name="more">Names of the parameters that follow them.</param>
    public SqlStatement Get(string sql, int values, params string[] more)
    {
        if (shapes.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (shapes.Count >= MaxShapes)
        {
            Clear();
        }

        return shapes[sql] = new SqlStatement(connection, sql, [.. Enumerable.Range(0, values).Select(i => $"p{i}"), .. more]);
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var statement in shapes.Values)
        {
            statement.Dispose();
        }

        shapes.Clear();
    }
}
