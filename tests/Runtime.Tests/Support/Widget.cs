using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Tests.Support;

/// <summary>A kind with a typed field, so that objects can be unreadable.</summary>
public sealed record Widget : IKubernetesObject
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ObjectMeta Metadata { get; init; } = new();

    public int? Size { get; init; }

    public string? Owner { get; init; }

    public static ResourceType<Widget> Type { get; } = new(
        "example.com", "v1", "Widget", "widgets", WidgetJsonContext.Default.Widget, WidgetJsonContext.Default.ResourceListWidget);

    public static Widget Of(string name, long version, string? owner = null, string ns = "ns", string? uid = null) => new()
    {
        Owner = owner,
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = ns,
            Uid = uid ?? $"uid-{name}",
            ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Widget))]
[JsonSerializable(typeof(ResourceList<Widget>))]
public sealed partial class WidgetJsonContext : JsonSerializerContext;
