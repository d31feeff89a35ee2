using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Query parameters of the admin API. Unknown ones are refused: a misspelt filter must not select everything.</summary>
internal static class QueryRules
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const string CursorPrefix = "after:";

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static void Allow(HttpContext context, params ReadOnlySpan<string> names)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (!names.Contains(name))
            {
                throw Refusals.Invalid(name, $"The query parameter {name} is not known here; known are: {string.Join(", ", names.ToArray())}.").AsException();
            }

            if (values.Count != 1 || string.IsNullOrEmpty(values[0]))
            {
                throw Refusals.Invalid(name, $"The query parameter {name} must be given once and have a value.").AsException();
            }
        }
    }

    public static string? Value(HttpContext context, string name) =>
        context.Request.Query.TryGetValue(name, out var values) ? values[0] : null;

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static int Limit(HttpContext context)
    {
        if (Value(context, "limit") is not { } text)
        {
            return DefaultLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw Refusals.Invalid("limit", $"The query parameter limit must be 1 to {MaxLimit}.").AsException();
    }

    /// <summary>The position after which the page begins.</summary>
    /// <exception cref="RefusedException">invalid_request.</exception>
    public static long After(HttpContext context)
    {
        if (Value(context, "cursor") is not { } text)
        {
            return 0;
        }

        return TryDecode(text, out var seq)
            ? seq
            : throw Refusals.Invalid("cursor", "The query parameter cursor is not one that this API gave out: take nextCursor as it was.").AsException();
    }

    /// <summary>The cursor of the page after one that ends at <paramref name="seq"/>.</summary>
    public static string Cursor(long seq) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(CursorPrefix + seq.ToString(CultureInfo.InvariantCulture)));

    private static bool TryDecode(string text, out long seq)
    {
        seq = 0;
        if (text.Length > 64 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var plain = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
        return plain.StartsWith(CursorPrefix, StringComparison.Ordinal)
            && long.TryParse(plain.AsSpan(CursorPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out seq);
    }
}
