namespace ScimOperator.Backend.Filtering;

/// <summary>A condition for a store. It may select too much, never too little.</summary>
/// <param name="Where">Put together from this project's constants, values as @p0, @p1, …</param>
/// <param name="Values">The values, in order.</param>
/// <param name="Exact">Whether it alone decides; otherwise the filter is evaluated on the rows it selects.</param>
internal sealed record SqlCondition(string Where, IReadOnlyList<object> Values, bool Exact)
{
    public static SqlCondition All { get; } = new("1 = 1", [], true);
}
