using static ScimOperator.Backend.Schemas.ScimType;

namespace ScimOperator.Backend.Schemas;

/// <summary>Attributes that every resource has, in no schema (RFC 7643, section 3.1).</summary>
internal static class CommonAttributes
{
    public static IReadOnlyList<ScimAttribute> All { get; } =
    [
        new("schemas", Reference, "The schemas this resource uses.") { MultiValued = true, CaseExact = true, ReadOnly = true, Always = true, ReferenceTypes = ["uri"] },
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
                new("location", Reference, "Its URL.") { CaseExact = true, ReadOnly = true, ReferenceTypes = ["uri"] },
                new("version", ScimType.String, "Its entity tag.") { CaseExact = true, ReadOnly = true },
            ],
        },
    ];
}
