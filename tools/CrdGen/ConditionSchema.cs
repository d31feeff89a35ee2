using System.Reflection;
using ScimOperator.ApiMachinery;

namespace ScimOperator.CrdGen;

/// <summary>The schema of metav1.Condition, with the limits that Kubernetes itself declares for it.</summary>
internal static class ConditionSchema
{
    private const string TypePattern =
        @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    private const string ReasonPattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    /// <summary>Builds it, with descriptions from the C# type.</summary>
    internal static SchemaNode Build(XmlDocumentation docs) => new()
    {
        Type = "object",
        Description = docs.Of(typeof(Condition)),
        Properties =
        [
            Field(docs, nameof(Condition.LastTransitionTime), new SchemaNode { Type = "string", Format = "date-time" }),
            Field(docs, nameof(Condition.Message), new SchemaNode { Type = "string", MaxLength = 32768 }),
            Field(docs, nameof(Condition.ObservedGeneration), new SchemaNode { Type = "integer", Format = "int64", Minimum = 0 }, required: false),
            Field(docs, nameof(Condition.Reason), new SchemaNode { Type = "string", MinLength = 1, MaxLength = 1024, Pattern = ReasonPattern }),
            Field(docs, nameof(Condition.Status), new SchemaNode { Type = "string", Enum = [ConditionStatus.True, ConditionStatus.False, ConditionStatus.Unknown] }),
            Field(docs, nameof(Condition.Type), new SchemaNode { Type = "string", MaxLength = 316, Pattern = TypePattern }),
        ],
    };

    private static SchemaProperty Field(XmlDocumentation docs, string name, SchemaNode schema, bool required = true)
    {
        var property = typeof(Condition).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!;
        return new SchemaProperty(FieldNames.Serialized(property), required, schema with { Description = docs.Of(property) });
    }
}
