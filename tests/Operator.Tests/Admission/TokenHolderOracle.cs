using System.Text.Json;

namespace ScimOperator.Operator.Tests.Admission;

/// <summary>Whether a review of an AccountUser would end alice's being an active admin, read another way than the product reads it.</summary>
internal static class TokenHolderOracle
{
    internal static bool Ends(byte[] review)
    {
        using var document = JsonDocument.Parse(review, new JsonDocumentOptions { MaxDepth = 128 });
        var request = document.RootElement.GetProperty("request");
        return Text(request, "operation") switch
        {
            "CREATE" => IsAlice(request, "object") && !StaysAdmin(Spec(request, "object")),
            "UPDATE" => IsAlice(request, "oldObject") && WasAdmin(Spec(request, "oldObject")) && !StaysAdmin(Spec(request, "object")),
            "DELETE" => IsAlice(request, "oldObject") && WasAdmin(Spec(request, "oldObject")) && Text(Spec(request, "oldObject"), "deletionPolicy")?.ToUpperInvariant() is "DELETE" or "DEACTIVATE",
            _ => false,
        };
    }

    private static bool IsAlice(JsonElement request, string name)
    {
        var spec = Spec(request, name);
        return Text(Field(Field(request, name), "metadata"), "namespace") == "acme"
            && Text(Field(spec, "accountRef"), "name") == "acme"
            && FuzzAccount.HolderEmail.Equals(Text(spec, "email"), StringComparison.OrdinalIgnoreCase);
    }

    private static bool WasAdmin(JsonElement? spec) => Text(spec, "userType") == "Admin" && Field(spec, "active") is not { ValueKind: JsonValueKind.False };

    /// <summary>The schema requires userType: the API server refuses an object without it, or with one it does not list.</summary>
    private static bool StaysAdmin(JsonElement? spec) => Text(spec, "userType") is not ("Member" or "Viewer" or "Guest") && Field(spec, "active") is not { ValueKind: JsonValueKind.False };

    private static JsonElement? Spec(JsonElement request, string name) => Field(Field(request, name), "spec");

    private static JsonElement? Field(JsonElement? obj, string name) =>
        obj is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null for what is no text, or no UTF-8.</summary>
    private static string? Text(JsonElement? obj, string name)
    {
        try
        {
            return Field(obj, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
