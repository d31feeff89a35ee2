using static ScimOperator.Backend.Schemas.ScimType;

namespace ScimOperator.Backend.Schemas;

/// <summary>The schema of the Group resource (RFC 7643, section 4.2).</summary>
internal static class GroupSchemas
{
    public const string CoreId = "urn:ietf:params:scim:schemas:core:2.0:Group";

    // A request's size bounds what comes in at once; over many requests a group may grow beyond this.
    private const int MaxMembersAtOnce = 100_000;

    public static ScimSchema Core { get; } = new(CoreId, "Group", "Group",
    [
        new("displayName", ScimType.String, "The group's name; unique, ignoring case.") { Required = true, UniqueOnServer = true },
        new("members", Complex, "The users and groups that belong to the group directly.")
        {
            MultiValued = true,
            MaxValues = MaxMembersAtOnce,
            Sub =
            [
                new("value", ScimType.String, "Id of the member.") { Required = true, CaseExact = true, Immutable = true },
                new("$ref", Reference, "URL of the member.") { CaseExact = true, ReadOnly = true, ReferenceTypes = ["User", "Group"] },
                new("type", ScimType.String, "Whether the member is a user or a group.") { ReadOnly = true, CanonicalValues = ["User", "Group"] },
                new("display", ScimType.String, "The member's name.") { ReadOnly = true },
            ],
        },
    ]);

    public static ScimResourceType Type { get; } = new("Group", "/Groups", "A group of users", Core);
}
