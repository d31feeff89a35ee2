using ScimOperator.Backend.Filtering;
using static ScimOperator.Backend.Schemas.ScimType;

namespace ScimOperator.Backend.Schemas;

/// <summary>The schemas of the User resource (RFC 7643, sections 3.1, 4.1 and 4.3).</summary>
internal static class UserSchemas
{
    public const string CoreId = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string EnterpriseId = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>Attributes that every resource has, in no schema.</summary>
    public static IReadOnlyList<ScimAttribute> Common { get; } =
    [
        new("schemas", Reference, "The schemas this resource uses.") { MultiValued = true, CaseExact = true, ReadOnly = true, Always = true },
        new("id", ScimType.String, "Identifier given by this service.") { CaseExact = true, ReadOnly = true, Always = true, UniqueOnServer = true },
        new("externalId", ScimType.String, "Identifier given by the provisioning client.") { CaseExact = true },
        new("meta", Complex, "Facts about the resource itself.")
        {
            ReadOnly = true,
            Sub =
            [
                new("resourceType", ScimType.String, "Name of the resource type.") { CaseExact = true, ReadOnly = true },
                new("created", ScimType.DateTime, "When it was created.") { ReadOnly = true },
                new("lastModified", ScimType.DateTime, "When it last changed.") { ReadOnly = true },
                new("location", Reference, "Its URL.") { CaseExact = true, ReadOnly = true },
                new("version", ScimType.String, "Its entity tag.") { CaseExact = true, ReadOnly = true },
            ],
        },
    ];

    public static ScimSchema Core { get; } = new(CoreId, "User", "User Account",
    [
        new("userName", ScimType.String, "The user's email address on the account; unique, ignoring case.") { Required = true, UniqueOnServer = true },
        new("name", Complex, "The components of the user's name.")
        {
            Sub = Texts("formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix"),
        },
        new("displayName", ScimType.String, "The name shown for the user."),
        new("nickName", ScimType.String, "The casual way to address the user."),
        new("profileUrl", Reference, "URL of the user's profile page."),
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
        new("groups", Complex, "Groups the user belongs to.")
        {
            MultiValued = true,
            ReadOnly = true,
            Sub = [new("value", ScimType.String, "Id of the group.") { ReadOnly = true }, new("$ref", Reference, "URL of the group.") { ReadOnly = true }],
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
                new("$ref", Reference, "URL of the manager's user.") { CaseExact = true },
                new("displayName", ScimType.String, "The manager's name."),
            ],
        },
    ]);

    private static ScimAttribute Primary => new("primary", ScimType.Boolean, "Whether this is the preferred value.");

    /// <summary>Finds what a path names, ignoring case; null when no schema has it.</summary>
    public static ResolvedPath? Resolve(AttributePath path)
    {
        if (path.Schema is { } urn && urn.Equals(EnterpriseId, StringComparison.OrdinalIgnoreCase))
        {
            return path.Name is null ? new ResolvedPath(EnterpriseId, null, null) : Resolve(EnterpriseId, Enterprise.Find(path.Name), path.Sub);
        }

        if (path.Name is not { } name || (path.Schema is { } other && !other.Equals(CoreId, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var common = Common.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return Resolve(null, common ?? Core.Find(name), path.Sub);
    }

    private static ResolvedPath? Resolve(string? extension, ScimAttribute? attribute, string? sub)
    {
        if (attribute is null || sub is null)
        {
            return attribute is null ? null : new ResolvedPath(extension, attribute, null);
        }

        return attribute.FindSub(sub) is { } found ? new ResolvedPath(extension, attribute, found) : null;
    }

    private static ScimAttribute[] Texts(params string[] names) =>
        [.. names.Select(n => new ScimAttribute(n, ScimType.String, $"The {n} of the user."))];

    private static ScimAttribute Plural(string name, string description, ScimType valueType, params string[] types) =>
        new(name, Complex, description)
        {
            MultiValued = true,
            Sub =
            [
                new("value", valueType, "The value."),
                new("display", ScimType.String, "The value for people to read."),
                new("type", ScimType.String, "What the value is for.") { CanonicalValues = types },
                Primary,
            ],
        };
}
