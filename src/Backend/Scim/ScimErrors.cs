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
}
