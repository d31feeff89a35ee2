using ScimOperator.Backend.Filtering;
using static ScimOperator.Backend.Schemas.ScimType;

namespace ScimOperator.Backend.Schemas;

/// <summary>The schemas of the User resource (RFC 7643, sections 3.1, 4.1 and 4.3).</summary>
internal static class UserSchemas
{
    public const string CoreId = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string EnterpriseId = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public static ScimSchema Core { get; } = new(CoreId, "User", "User Account",
    [
        new("userName", ScimType.String, "The user's email address on the account; unique, ignoring case.") { Required = true, UniqueOnServer = true },
        new("name", Complex, "The components of the user's name.")
        {
            Sub = Texts("formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix"),
        },
        new("displayName", ScimType.String, "The name shown for the user."),
        new("nickName", ScimType.String, "The casual way to address the user."),
        new("profileUrl", Reference, "URL of the user's profile page.") { ReferenceTypes = ["external"] },
        new("title", ScimType.String, "The user's title."),
        new("userType", ScimType.String, "What the user may do on the account; Member when absent at creation.")
        {
            CanonicalValues = ["Admin", "Member", "Viewer", "Guest"],
        },
        new("preferredLanguage", ScimType.String, "The user's preferred language."),
        new("locale", ScimType.String, "The user's locale."),
        new("timezone", ScimType.String, "The user's time zone."),
        new("active", ScimType.Boolean, "Whether the user may use the account."),
        new("password", ScimType.String, "Accepted and not kept: this account has no passwords.") { WriteOnly = true, CaseExact = true },
        Plural("emails", "Email addresses.", ScimType.String, "work", "home", "other"),
        Plural("phoneNumbers", "Phone numbers.", ScimType.String, "work", "home", "mobile", "fax", "pager", "other"),
        Plural("ims", "Instant messaging addresses.", ScimType.String),
        Plural("photos", "URLs of photos.", Reference, "photo", "thumbnail"),
        new("addresses", Complex, "Postal addresses.")
        {
            MultiValued = true,
            Sub = [.. Texts("formatted", "streetAddress", "locality", "region", "postalCode", "country", "type"), Primary],
        },
        new("groups", Complex, "Groups the user belongs to directly; changed at the groups.")
        {
            MultiValued = true,
            ReadOnly = true,
            Sub =
            [
                new("value", ScimType.String, "Id of the group.") { CaseExact = true, ReadOnly = true },
                new("$ref", Reference, "URL of the group.") { CaseExact = true, ReadOnly = true, ReferenceTypes = ["Group"] },
                new("display", ScimType.String, "The group's name.") { ReadOnly = true },
                new("type", ScimType.String, "How the user belongs to it; only direct membership is shown.") { ReadOnly = true, CanonicalValues = ["direct"] },
            ],
        },
        Plural("entitlements", "Things the user has.", ScimType.String),
        Plural("roles", "Kept as given; what the user may do follows from userType alone.", ScimType.String),
        Plural("x509Certificates", "Certificates of the user.", Binary),
    ]);

    public static ScimSchema Enterprise { get; } = new(EnterpriseId, "EnterpriseUser", "Enterprise User",
    [
        .. Texts("employeeNumber", "costCenter", "organization", "division", "department"),
        new("manager", Complex, "The user's manager.")
        {
            Sub =
            [
                new("value", ScimType.String, "Id of the manager's user.") { CaseExact = true },
                new("$ref", Reference, "URL of the manager's user.") { CaseExact = true, ReferenceTypes = ["User"] },
                new("displayName", ScimType.String, "The manager's name, while the manager is a user of this account.") { ReadOnly = true },
            ],
        },
    ]);

    public static ScimResourceType Type { get; } = new("User", "/Users", "A user of the account", Core, Enterprise);

    private static ScimAttribute Primary => new("primary", ScimType.Boolean, "Whether this is the preferred value.");

    /// <summary>Finds what a path names on a User, ignoring case; null when no schema has it.</summary>
    public static ResolvedPath? Resolve(AttributePath path) => Type.Resolve(path);

    private static ScimAttribute[] Texts(params string[] names) =>
        [.. names.Select(n => new ScimAttribute(n, ScimType.String, $"The {n} of the user."))];

    private static ScimAttribute Plural(string name, string description, ScimType valueType, params string[] types) =>
        new(name, Complex, description)
        {
            MultiValued = true,
            Sub =
            [
                new("value", valueType, "The value.") { ReferenceTypes = valueType == Reference ? ["external"] : [] },
                new("display", ScimType.String, "The value for people to read."),
                new("type", ScimType.String, "What the value is for.") { CanonicalValues = types },
                Primary,
            ],
        };
}
