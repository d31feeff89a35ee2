using System.Text.Json;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Cluster;

/// <summary>The patches that this program writes. Each touches one field.</summary>
internal static class Edits
{
    /// <summary>Asks a ScimToken to rotate.</summary>
    internal static Patch RotateRequest(string value) => Merge(writer =>
    {
        writer.WriteStartObject("metadata");
        writer.WriteStartObject("annotations");
        writer.WriteString(WellKnown.RotateRequestedAt, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>Gives a ScimToken another owner, provided that it still has the first one: who changed it meanwhile is not overruled.</summary>
    internal static Patch Rehome(string from, string to) => new(PatchKind.Json, JsonText.Bytes(writer =>
    {
        writer.WriteStartArray();
        Operation(writer, "test", from);
        Operation(writer, "replace", to);
        writer.WriteEndArray();
    }));

    /// <summary>Deactivates an AccountUser.</summary>
    internal static Patch Deactivate() => Spec(writer => writer.WriteBoolean("active", false));

    /// <summary>Gives an AccountUser another type.</summary>
    internal static Patch Demote(UserType type) => Spec(writer => writer.WriteString("userType", type.ToString()));

    private static Patch Spec(Action<Utf8JsonWriter> write) => Merge(writer =>
    {
        writer.WriteStartObject("spec");
        write(writer);
        writer.WriteEndObject();
    });

    private static Patch Merge(Action<Utf8JsonWriter> write) => new(PatchKind.Merge, JsonText.Bytes(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }));

    private static void Operation(Utf8JsonWriter writer, string op, string owner)
    {
        writer.WriteStartObject();
        writer.WriteString("op", op);
        writer.WriteString("path", "/spec/ownerRef/name");
        writer.WriteString("value", owner);
        writer.WriteEndObject();
    }
}
