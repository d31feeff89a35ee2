using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Filtering;

/// <summary>
/// Turns the part of a filter that columns and memberships can answer into SQL; every one of these is answered by an
/// index. Entra ID asks <c>id eq "…" and members eq "…"</c> to see whether somebody is in a group.
/// </summary>
internal sealed class GroupFilterSql
{
    private static readonly (string Sql, bool Exact) Anything = ("1 = 1", false);
    private static readonly (string Sql, bool Exact) Nothing = ("1 = 0", true);

    private readonly List<object> values = [];

    private GroupFilterSql()
    {
    }

    public static SqlCondition Of(FilterExpression? filter)
    {
        if (filter is null)
        {
            return SqlCondition.All;
        }

        var compiler = new GroupFilterSql();
        var (where, exact) = compiler.Translate(filter);
        return new SqlCondition(where, compiler.values, exact);
    }

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
            case FilterExpression.Compare { Operator: ComparisonOperator.Eq, Value: { } value } compare when Text(value) is { } text:
                return Equal(compare.Path, text);
            case FilterExpression.ValuePath { Inner: FilterExpression.Compare { Operator: ComparisonOperator.Eq, Value: { } value } inner } path
                when inner.Path is { Schema: null, Sub: null } sub && sub.IsOf("value") && Text(value) is { } text && IsMembers(path.Path):
                return Equal(path.Path, text);
            default:
                return Anything;
        }
    }

    private (string Sql, bool Exact) Equal(AttributePath path, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            // No store keeps this character, and not every one takes it as a parameter.
            return Nothing;
        }

        if (GroupSchemas.Type.Resolve(path) is not { Attribute: { } attribute } resolved)
        {
            return Anything;
        }

        return (attribute.Name, resolved.Sub?.Name) switch
        {
            ("id", null) => ($"id = {Parameter(value)}", true),
            ("externalId", null) => ($"external_id = {Parameter(value)}", true),
            ("displayName", null) => ($"display_name_key = {Parameter(GroupTable.Key(value))}", true),
            ("members", null or "value") => HasMember(value),
            _ => Anything,
        };
    }

    private (string Sql, bool Exact) HasMember(string memberId) =>
        ($"id IN (SELECT group_id FROM scim_group_members WHERE member_id = {Parameter(memberId)})", true);

    private static bool IsMembers(AttributePath path) => GroupSchemas.Type.Resolve(path) is { Sub: null, Attribute.Name: "members" };

    private static string? Text(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private string Parameter(object value)
    {
        values.Add(value);
        return $"@p{values.Count - 1}";
    }
}
