using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>Refusals that only the SCIM door has, with their keyword (RFC 7644, section 3.12).</summary>
internal static class ScimErrors
{
    public static RefusedException InvalidSyntax(string detail) => Refusals.Invalid(null, detail, "invalidSyntax").AsException();

    public static RefusedException InvalidValue(string attribute, string detail) => Refusals.Invalid(attribute, detail, "invalidValue").AsException();

    public static RefusedException InvalidPath(string path, string why) =>
        Refusals.Invalid("path", $"The path \"{path}\" is not valid: {why}", "invalidPath").AsException();

    public static RefusedException NoTarget(string detail) => Refusals.Invalid("path", detail, "noTarget").AsException();

    public static RefusedException Mutability(string attribute) =>
        Refusals.Invalid(attribute, $"The attribute {attribute} is set by this service and can't be changed.", "mutability").AsException();

    public static RefusedException RequiredRemoval(string attribute) =>
        Refusals.Invalid(attribute, $"The attribute {attribute} is required and can't be removed: replace its value instead.", "mutability").AsException();

    public static RefusedException Immutable(string path) =>
        Refusals.Invalid("path", $"What \"{path}\" names can't be changed: remove the value and add another.", "mutability").AsException();

    public static RefusedException TooMany(string detail) => Refusals.Invalid(null, detail, "tooMany").AsException();

    /// <summary>Errors of cursor paging (RFC 9865, section 2.1).</summary>
    public static RefusedException InvalidCursor(string detail) => Refusals.Invalid("cursor", detail, "invalidCursor").AsException();

    public static RefusedException ExpiredCursor(string detail) => Refusals.Invalid("cursor", detail, "expiredCursor").AsException();

    public static RefusedException InvalidCount(string detail) => Refusals.Invalid("count", detail, "invalidCount").AsException();
}
