using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Patching;

/// <summary>The target of a patch operation: <c>attribute</c>, <c>attribute.sub</c>, <c>attribute[filter]</c> or <c>attribute[filter].sub</c>.</summary>
/// <param name="Text">As the client wrote it.</param>
/// <param name="Target">What it names in the schemas.</param>
/// <param name="Filter">Which values of the attribute are meant; null means all.</param>
internal sealed record PatchPath(string Text, ResolvedPath Target, FilterExpression? Filter)
{
    /// <exception cref="RefusedException">invalidPath.</exception>
    public static PatchPath Parse(string text, ScimResourceType type) =>
        TryParse(text, type) ?? throw ScimErrors.InvalidPath(text, $"no attribute of a {type.Name} has that name.");

    /// <summary>As <see cref="Parse"/>, but null where the attribute is not known.</summary>
    /// <exception cref="RefusedException">invalidPath: brackets without a filter in them.</exception>
    public static PatchPath? TryParse(string text, ScimResourceType type)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return AttributePath.Parse(text) is { } plain && type.Resolve(plain) is { } target ? new PatchPath(text, target, null) : null;
        }

        var close = text.LastIndexOf(']');
        var rest = close < 0 ? "" : text[(close + 1)..];
        if (close < open || (rest.Length > 0 && rest[0] != '.'))
        {
            throw ScimErrors.InvalidPath(text, "write attribute[filter] or attribute[filter].sub.");
        }

        var path = AttributePath.Parse(text[..open] + rest);
        if (path is null || type.Resolve(path) is not { Attribute: { MultiValued: true } } resolved)
        {
            return null;
        }

        return new PatchPath(text, resolved, FilterOf(text, text[(open + 1)..close]));
    }

    private static FilterExpression FilterOf(string text, string filter)
    {
        try
        {
            return FilterParser.Parse(filter);
        }
        catch (RefusedException e)
        {
            throw ScimErrors.InvalidPath(text, e.Message);
        }
    }
}
