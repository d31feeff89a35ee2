using System.Text.Json;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Output;

/// <summary>The formats in which kubectl prints objects.</summary>
internal static class ObjectFormat
{
    internal const string Json = "json";
    internal const string Yaml = "yaml";
    internal const string Name = "name";
    internal const string Wide = "wide";
    internal const string Table = "table";

    /// <summary>An object as kubectl names it: <c>scimtoken.scim-operator.io/okta-prod</c>.</summary>
    internal static string NameOf<T>(ResourceType<T> type, string name)
        where T : class, IKubernetesObject => $"{type.Kind.ToLowerInvariant()}.{type.Group}/{name}";

    /// <summary>Prints one object; <paramref name="done"/> says what was done with it where no format was asked for.</summary>
    internal static string Write<T>(string? format, ResourceType<T> type, T obj, string done)
        where T : class, IKubernetesObject => format switch
        {
            Json => Write(JsonSerializer.SerializeToElement(obj, type.Json), Json),
            Yaml => Write(JsonSerializer.SerializeToElement(obj, type.Json), Yaml),
            Name => NameOf(type, obj.Metadata.Name) + "\n",
            _ => $"{NameOf(type, obj.Metadata.Name)} {done}\n",
        };

    /// <summary>Prints a document as JSON or YAML.</summary>
    internal static string Write(JsonElement document, string format) =>
        format == Yaml ? YamlText.Write(document) : JsonText.Write(document.WriteTo);
}
