namespace ScimOperator.Backend.Filtering;

/// <summary>A part of a condition. It is true or false and never unknown, so that its opposite is its opposite.</summary>
/// <param name="Sql">Put together from this project's constants; values are parameters.</param>
/// <param name="Exact">False when it may hold of more rows than it should.</param>
internal readonly record struct SqlTest(string Sql, bool Exact)
{
    /// <summary>What is not decided here.</summary>
    public static SqlTest Anything { get; } = new("1 = 1", false);

    public static SqlTest Always { get; } = new("1 = 1", true);

    public static SqlTest Never { get; } = new("1 = 0", true);

    public SqlTest And(SqlTest other) => new($"({Sql} AND {other.Sql})", Exact && other.Exact);

    public SqlTest Or(SqlTest other) => new($"({Sql} OR {other.Sql})", Exact && other.Exact);

    // The opposite of too much would be too little.
    public SqlTest Not() => Exact ? new($"NOT ({Sql})", true) : Anything;
}
