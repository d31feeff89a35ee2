using System.Text.Json;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Filtering;

/// <summary>
/// Turns the part of a filter that columns can answer into SQL. What is left over is evaluated on the rows that the
/// SQL selects, so a condition may select too much, never too little.
/// </summary>
internal sealed class UserFilterSql
{
    private readonly List<object> values = [];

    private UserFilterSql(FilterExpression filter)
    {
        (Where, Exact) = Translate(filter);
    }

    public string Where { get; }

    public IReadOnlyList<object> Values => values;

    /// <summary>Whether the SQL alone decides.</summary>
    public bool Exact { get; }

    public static UserFilterSql Of(FilterExpression filter) => new(filter);

    private (string Sql, bool Exact) Translate(FilterExpression filter)
    {
        switch (filter)
        {
            case FilterExpression.And and:
                var (left, leftExact) = Translate(and.Left);
                var (right, rightExact) = Translate(and.Right);
                return ($"({left} AND {right})", leftExact && rightExact);
            case FilterExpression.Or or:
                var (one, oneExact) = Translate(or.Left);
                var (other, otherExact) = Translate(or.Right);
                return ($"({one} OR {other})", oneExact && otherExact);
            case FilterExpression.Compare { Operator: ComparisonOperator.Eq, Value: { } value } compare:
                return Column(compare.Path, value.GetValueKind() switch
                {
                    JsonValueKind.String => value.GetValue<string>(),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => null,
                });
            default:
                return ("1 = 1", false);
        }
    }

    private (string Sql, bool Exact) Column(AttributePath path, string? value)
    {
        if (value is null || UserSchemas.Resolve(path) is not { Extension: null, Sub: null, Attribute: { } attribute })
        {
            return ("1 = 1", false);
        }

        return attribute.Name switch
        {
            "id" => ($"id = {Parameter(value)}", true),
            "externalId" => ($"external_id = {Parameter(value)}", true),
            "userName" => ($"email_key = {Parameter(UserTable.Key(value))}", true),
            "userType" when Names.TryParse(value, StringComparison.OrdinalIgnoreCase, out var type) => ($"user_type = {Parameter(Names.Of(type))}", true),
            "active" when bool.TryParse(value, out var active) => ($"active = {Parameter(SqlValues.Of(active))}", true),
            _ => ("1 = 1", false),
        };
    }

    private string Parameter(object value)
    {
        values.Add(value);
        return $"@p{values.Count - 1}";
    }
}
