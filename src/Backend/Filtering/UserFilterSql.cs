using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private const string Emails = "user_emails";

    private readonly SqlTests tests = new();

    private UserFilterSql()
    {
    }

    public static SqlCondition Of(FilterExpression? filter)
    {
        if (filter is null)
        {
            return SqlCondition.All;
        }

        var compiler = new UserFilterSql();
        return compiler.tests.Condition(compiler.Translate(filter));
    }

    private SqlTest Translate(FilterExpression filter) => filter switch
    {
        FilterExpression.And and => Translate(and.Left).And(Translate(and.Right)),
        FilterExpression.Or or => Either(Translate(or.Left), Translate(or.Right)),
        FilterExpression.Not not => Translate(not.Inner).Not(),
        FilterExpression.Present present => Present(present.Path),
        FilterExpression.Compare { Value: null, Operator: ComparisonOperator.Eq } compare => Present(compare.Path).Not(),
        FilterExpression.Compare { Value: null, Operator: ComparisonOperator.Ne } compare => Present(compare.Path),
        FilterExpression.Compare { Value: { } value } compare => Compare(compare.Path, compare.Operator, value),
        FilterExpression.ValuePath path when IsEmails(path.Path) => SomeEmail(Element(path.Inner)),
        _ => SqlTest.Anything,
    };

    private static SqlTest Present(AttributePath path) => UserSchemas.Type.Resolve(path) switch
    {
        { Extension: null, Sub: null, Attribute.Name: "id" or "userName" or "userType" or "active" } => SqlTest.Always,
        { Extension: null, Sub: null, Attribute.Name: "externalId" } => new SqlTest("external_id IS NOT NULL", true),
        _ => SqlTest.Anything,
    };

    private SqlTest Compare(AttributePath path, ComparisonOperator comparison, JsonValue value)
    {
        if (UserSchemas.Type.Resolve(path) is not { Extension: null, Attribute: { } attribute } resolved)
        {
            return SqlTest.Anything;
        }

        return (attribute.Name, resolved.Sub?.Name, Text(value)) switch
        {
            ("active", null, _) => Active(comparison, value),
            (_, _, null) => SqlTest.Anything,
            ("id", null, var text) => tests.Text("id", comparison, text),
            ("externalId", null, var text) => tests.Text("external_id", comparison, text),
            ("userName", null, var text) => tests.Text("email_key", comparison, UserTable.Key(text)),
            ("userType", null, var text) => Type(comparison, text),
            ("emails", null or "value", var text) => SomeEmail(tests.Text("value_key", comparison, EmailTable.Key(text))),
            ("emails", "type", var text) => SomeEmail(tests.Text("type_key", comparison, EmailTable.Key(text))),
            ("meta", "created", var text) => tests.Time("created_at", comparison, text),
            ("meta", "lastModified", var text) => ByIndex(tests.Time("updated_at", comparison, text)),
            _ => SqlTest.Anything,
        };
    }

    private static SqlTest Active(ComparisonOperator comparison, JsonValue value) => (comparison, ValueComparison.Flag(value)) switch
    {
        // Written out, so that a plan is made for the few or for the many.
        (ComparisonOperator.Eq, { } flag) => new SqlTest(string.Create(CultureInfo.InvariantCulture, $"active = {SqlValues.Of(flag)}"), true),
        (ComparisonOperator.Ne, { } flag) => new SqlTest(string.Create(CultureInfo.InvariantCulture, $"active = {SqlValues.Of(!flag)}"), true),
        _ => SqlTest.Never,
    };

    private SqlTest Type(ComparisonOperator comparison, string text)
    {
        if (comparison is not (ComparisonOperator.Eq or ComparisonOperator.Ne))
        {
            return SqlTest.Anything;
        }

        var same = Names.TryParse(text, StringComparison.OrdinalIgnoreCase, out var type) ? tests.Equal("user_type", Names.Of(type)) : SqlTest.Never;
        return comparison == ComparisonOperator.Eq ? same : same.Not();
    }

    // A database reads all users where one side of an OR is another table's business; of a union each part has its index.
    private static SqlTest Either(SqlTest left, SqlTest right) =>
        (left.Sql + right.Sql).Contains(Emails, StringComparison.Ordinal)
            ? new($"seq IN (SELECT seq FROM users WHERE {left.Sql} UNION ALL SELECT seq FROM users WHERE {right.Sql})", left.Exact && right.Exact)
            : left.Or(right);

    // SQLite would rather read all users in their order than sort the few that changed.
    private static SqlTest ByIndex(SqlTest test) => test with { Sql = $"seq IN (SELECT seq FROM users WHERE {test.Sql})" };

    private static SqlTest SomeEmail(SqlTest test) => new($"seq IN (SELECT user_seq FROM {Emails} WHERE {test.Sql})", test.Exact);

    // What is between the brackets must hold of one and the same value.
    private SqlTest Element(FilterExpression filter) => filter switch
    {
        FilterExpression.And and => Element(and.Left).And(Element(and.Right)),
        FilterExpression.Or or => Element(or.Left).Or(Element(or.Right)),
        FilterExpression.Not not => Element(not.Inner).Not(),
        FilterExpression.Compare { Path: { Schema: null, Sub: null } path, Value: { } value } compare when Text(value) is { } text =>
            path.IsOf("value") ? tests.Text("value_key", compare.Operator, EmailTable.Key(text))
            : path.IsOf("type") ? tests.Text("type_key", compare.Operator, EmailTable.Key(text))
            : SqlTest.Anything,
        _ => SqlTest.Anything,
    };

    private static bool IsEmails(AttributePath path) => UserSchemas.Type.Resolve(path) is { Extension: null, Sub: null, Attribute.Name: "emails" };

    private static string? Text(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
