using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Filtering;

/// <summary>An attribute as written in a filter or a path: <c>[urn:]name[.sub]</c> (RFC 7644, section 3.10).</summary>
/// <param name="Schema">The URN before the name, if any.</param>
/// <param name="Name">Null when the text is a schema's URN alone.</param>
/// <param name="Sub">The sub-attribute, if any.</param>
internal sealed record AttributePath(string? Schema, string? Name, string? Sub)
{
    /// <summary>Reads a path; null when it has not the form of one.</summary>
    public static AttributePath? Parse(string text)
    {
        foreach (var schema in (string[])[UserSchemas.EnterpriseId, UserSchemas.CoreId, GroupSchemas.CoreId])
        {
            if (text.Equals(schema, StringComparison.OrdinalIgnoreCase))
            {
                return new AttributePath(schema, null, null);
            }
        }

        string? urn = null;
        if (text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            var colon = text.LastIndexOf(':');
            (urn, text) = (text[..colon], text[(colon + 1)..]);
        }

        var parts = text.Split('.');
        return parts.Length <= 2 && parts.All(IsName) ? new AttributePath(urn, parts[0], parts.Length == 2 ? parts[1] : null) : null;
    }

    /// <summary>Whether the path names this attribute or a part of it, in whichever schema.</summary>
    public bool IsOf(string attribute) => string.Equals(Name, attribute, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => (Schema is null ? "" : Schema + ":") + Name + (Sub is null ? "" : "." + Sub);

    // "$ref" is the one name that does not begin with a letter.
    private static bool IsName(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] == '$')
        && text.AsSpan(1).IndexOfAnyExcept(NameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}
