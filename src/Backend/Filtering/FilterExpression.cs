using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Filtering;

/// <summary>A parsed filter (RFC 7644, section 3.4.2.2).</summary>
internal abstract record FilterExpression
{
    private FilterExpression()
    {
    }

    /// <summary>Whether the filter asks about this attribute or a part of it.</summary>
    public bool Mentions(string attribute) => this switch
    {
        And and => and.Left.Mentions(attribute) || and.Right.Mentions(attribute),
        Or or => or.Left.Mentions(attribute) || or.Right.Mentions(attribute),
        Not not => not.Inner.Mentions(attribute),
        Present present => present.Path.IsOf(attribute),
        Compare compare => compare.Path.IsOf(attribute),
        ValuePath values => values.Path.IsOf(attribute),
        _ => false,
    };

    public sealed record And(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record Or(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record Not(FilterExpression Inner) : FilterExpression;

    public sealed record Present(AttributePath Path) : FilterExpression;

    /// <param name="Value">A string, number or boolean; null for JSON null.</param>
    public sealed record Compare(AttributePath Path, ComparisonOperator Operator, JsonValue? Value) : FilterExpression;

    /// <summary><c>emails[type eq "work"]</c>: some value of the attribute matches the inner filter as a whole.</summary>
    public sealed record ValuePath(AttributePath Path, FilterExpression Inner) : FilterExpression;
}
