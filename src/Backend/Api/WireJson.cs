using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScimOperator.Backend.Api;

/// <summary>How answers are written: as <see cref="ApiJsonContext"/> says, but with quotes in messages left readable. They are JSON, never part of a page.</summary>
internal static class WireJson
{
    public static ApiJsonContext Context { get; } =
        new(new JsonSerializerOptions(ApiJsonContext.Default.UserView.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
