using System.Reflection;
using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.CrdGen;

/// <summary>Turns a C# type into a structural schema: nested records inlined, attributes to limits, summaries to descriptions.</summary>
/// <param name="docs">The summaries.</param>
public sealed class SchemaBuilder(XmlDocumentation docs)
{
    private const string ApiVersionText =
        "apiVersion: the versioned schema of this representation of an object.";

    private const string KindText =
        "kind: the REST resource that this object represents.";

    /// <summary>Schema of a kind: apiVersion, kind, metadata, spec, status.</summary>
    public SchemaNode BuildRoot(Type kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var own = kind.GetProperties().Where(p => p.Name is "Spec" or "Status").Select(Property);
        return new SchemaNode
        {
            Type = "object",
            Description = docs.Of(kind),
            Rules = RulesOf(kind),
            Properties =
            [
                new SchemaProperty("apiVersion", false, new SchemaNode { Type = "string", Description = ApiVersionText }),
                new SchemaProperty("kind", false, new SchemaNode { Type = "string", Description = KindText }),
                new SchemaProperty("metadata", false, new SchemaNode { Type = "object" }),
                .. own.OrderBy(p => p.Name, StringComparer.Ordinal),
            ],
        };
    }

    private SchemaProperty Property(PropertyInfo property)
    {
        var node = Limit(Value(property.PropertyType), property);
        return new SchemaProperty(
            FieldNames.Serialized(property),
            property.GetCustomAttribute<RequiredFieldAttribute>() is not null,
            node with { Description = Describe(property), Rules = [.. node.Rules, .. RulesOf(property)] });
    }

    private SchemaNode Value(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsEnum)
        {
            return new SchemaNode { Type = "string", Enum = [.. EnumValues(type).Select(FieldNames.Serialized)] };
        }

        return Scalar(type) ?? Collection(type) ?? (type == typeof(Condition) ? ConditionSchema.Build(docs) : Record(type));
    }

    private static SchemaNode? Scalar(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => new SchemaNode { Type = "string" },
        TypeCode.Boolean => new SchemaNode { Type = "boolean" },
        TypeCode.Int32 => new SchemaNode { Type = "integer", Format = "int32" },
        TypeCode.Int64 => new SchemaNode { Type = "integer", Format = "int64" },
        _ => type == typeof(DateTimeOffset) ? new SchemaNode { Type = "string", Format = "date-time" } : null,
    };

    private SchemaNode? Collection(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        if (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return new SchemaNode { Type = "object", AdditionalProperties = Value(arguments[1]) };
        }

        return type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? new SchemaNode { Type = "array", Items = Value(arguments[0]) }
            : throw new NotSupportedException($"{type} has no schema: use IReadOnlyList<T> or IReadOnlyDictionary<string, T>.");
    }

    private SchemaNode Record(Type type) => new()
    {
        Type = "object",
        Description = docs.Of(type),
        Rules = RulesOf(type),
        Properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition != JsonIgnoreCondition.Always)
                .Select(Property)
                .OrderBy(p => p.Name, StringComparer.Ordinal),
        ],
    };

    private static SchemaNode Limit(SchemaNode node, PropertyInfo property)
    {
        var length = property.GetCustomAttribute<LengthAttribute>();
        var range = property.GetCustomAttribute<RangeAttribute>();
        var item = property.GetCustomAttribute<ItemLengthAttribute>();
        return node with
        {
            MinLength = length?.Min is > 0 ? length.Min : node.MinLength,
            MaxLength = length?.Max ?? node.MaxLength,
            Minimum = range?.Min ?? node.Minimum,
            Maximum = range?.Max ?? node.Maximum,
            Pattern = property.GetCustomAttribute<PatternAttribute>()?.Expression ?? node.Pattern,
            Format = property.GetCustomAttribute<FormatAttribute>()?.Name ?? node.Format,
            ListMapKey = property.GetCustomAttribute<ListMapKeyAttribute>()?.Key,
            Items = item is null || node.Items is null ? node.Items : node.Items with { MaxLength = item.Max },
            AdditionalProperties = item is null || node.AdditionalProperties is null
                ? node.AdditionalProperties
                : node.AdditionalProperties with { MaxLength = item.Max },
        };
    }

    /// <summary>The summary; for an enum also what each value means, since <c>kubectl explain</c> shows nothing else of it.</summary>
    private string Describe(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var summary = docs.Of(property);
        return type.IsEnum
            ? string.Join('\n', EnumValues(type).Select(v => $"- {FieldNames.Serialized(v)}: {docs.Of(v)}").Prepend(summary))
            : summary;
    }

    private static FieldInfo[] EnumValues(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(f => f.MetadataToken)];

    private static IReadOnlyList<SchemaRule> RulesOf(MemberInfo member) =>
        [.. member.GetCustomAttributes<CelRuleAttribute>().Select(r => new SchemaRule(r.Rule, r.Message))];
}
