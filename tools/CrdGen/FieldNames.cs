using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScimOperator.CrdGen;

/// <summary>Names as the serializer writes them.</summary>
internal static class FieldNames
{
    /// <summary>The name of a property in JSON: camelCase unless it says otherwise.</summary>
    internal static string Serialized(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The name of an enum's value in JSON.</summary>
    internal static string Serialized(FieldInfo value) =>
        value.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.Name;
}
