using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Patching;

/// <summary>
/// Applies the operations of a patch in order to the writable attributes of a resource. Works on a copy: if one
/// operation is refused, none has happened.
/// </summary>
/// <param name="type">What is patched.</param>
/// <param name="members">Takes the operations on <c>members</c>; null where the resource has none.</param>
internal sealed class PatchApplier(ScimResourceType type, IMemberPatch? members)
{
    private static readonly string[] Ignored = ["schemas", "id", "meta"];

    /// <exception cref="Accounts.RefusedException">invalidPath, invalidValue, mutability, noTarget.</exception>
    public JsonObject Apply(JsonObject resource, IReadOnlyList<PatchOperation> operations)
    {
        var result = (JsonObject)resource.DeepClone();
        foreach (var operation in operations)
        {
            if (operation.Path is { } path)
            {
                Apply(result, operation.Kind, PatchPath.Parse(path, type), operation.Value);
            }
            else
            {
                ApplyMembers(result, operation.Kind, operation.Value);
            }
        }

        return Canonicalizer.Canonical(result, type);
    }

    // Without a path, the value's members are the paths; IdPs write them dotted, filtered and URN-qualified too.
    private void ApplyMembers(JsonObject resource, PatchKind kind, JsonNode? value)
    {
        if (value is not JsonObject attributes)
        {
            throw ScimErrors.InvalidValue("value", "An operation without a path needs an object of attributes as its value.");
        }

        foreach (var (name, member) in attributes)
        {
            // As with POST, attributes that nobody here knows are ignored, and so are the read-only ones every resource carries.
            if (PatchPath.TryParse(name, type) is { } path && !Ignored.Contains(path.Target.Attribute?.Name))
            {
                // No standard says what a filter in a name does when it matches nothing; Entra ID means the value to be there then.
                Apply(resource, path.Filter is null ? kind : PatchKind.Add, path, member);
            }
        }
    }

    private void Apply(JsonObject resource, PatchKind kind, PatchPath path, JsonNode? value)
    {
        var (extension, attribute, sub) = path.Target;
        if (attribute is null)
        {
            ApplyExtension(resource, kind, extension!, value);
            return;
        }

        if (attribute.ReadOnly || sub is { ReadOnly: true })
        {
            throw ScimErrors.Mutability(path.Text);
        }

        RefuseRequiredRemoval(kind, attribute, sub, value);
        var home = Home(resource, extension);
        if (attribute.Name == "members" && members is not null)
        {
            members.Apply(kind, path, value);
        }
        else if (attribute.MultiValued)
        {
            MultiValuedPatch.Apply(home, kind, path, value);
        }
        else if (sub is not null)
        {
            SetSub(home, kind, attribute, sub, value);
        }
        else
        {
            Set(home, kind, attribute, value);
        }
    }

    private void ApplyExtension(JsonObject resource, PatchKind kind, string urn, JsonNode? value)
    {
        if (kind == PatchKind.Remove)
        {
            resource.Remove(urn);
            return;
        }

        if (value is not JsonObject attributes)
        {
            throw ScimErrors.InvalidValue(urn, $"The value of {urn} must be an object of its attributes.");
        }

        foreach (var (name, member) in attributes)
        {
            if (PatchPath.TryParse(urn + ":" + name, type) is { } path)
            {
                Apply(resource, kind, path, member);
            }
        }
    }

    // "active" always has a value here; who wants a user inactive must say so, not leave it open.
    private static void RefuseRequiredRemoval(PatchKind kind, ScimAttribute attribute, ScimAttribute? sub, JsonNode? value)
    {
        if (sub is not null || !(attribute.Required || attribute.Name == "active"))
        {
            return;
        }

        if (kind == PatchKind.Remove && attribute.Required)
        {
            throw ScimErrors.RequiredRemoval(attribute.Name);
        }

        if (kind == PatchKind.Remove || value is null)
        {
            throw ScimErrors.InvalidValue(attribute.Name, $"The attribute {attribute.Name} can't be removed: replace its value instead.");
        }
    }

    private static JsonObject Home(JsonObject resource, string? extension)
    {
        if (extension is null)
        {
            return resource;
        }

        if (resource[extension] is not JsonObject home)
        {
            resource[extension] = home = [];
        }

        return home;
    }

    private static void Set(JsonObject home, PatchKind kind, ScimAttribute attribute, JsonNode? value)
    {
        if (kind == PatchKind.Remove || value is null)
        {
            // Without a type a user is what a new one is.
            home.Remove(attribute.Name);
            if (attribute.Name == "userType")
            {
                home[attribute.Name] = "Member";
            }

            return;
        }

        // Entra ID sends a manager as a list of one.
        if (attribute.Type == ScimType.Complex && value is JsonArray { Count: 1 } list)
        {
            value = list[0];
        }

        // Sub-attributes that are not named stay (RFC 7644, section 3.5.2.3).
        if (attribute.Type == ScimType.Complex && value is JsonObject parts)
        {
            if (home[attribute.Name] is not JsonObject existing)
            {
                home[attribute.Name] = existing = [];
            }

            Merge(existing, parts, attribute);
            return;
        }

        home[attribute.Name] = value?.DeepClone();
    }

    private static void SetSub(JsonObject home, PatchKind kind, ScimAttribute attribute, ScimAttribute sub, JsonNode? value)
    {
        if (home[attribute.Name] is not JsonObject parent)
        {
            home[attribute.Name] = parent = [];
        }

        if (kind == PatchKind.Remove || value is null)
        {
            parent.Remove(sub.Name);
        }
        else
        {
            parent[sub.Name] = value.DeepClone();
        }
    }

    /// <summary>Sets the parts that are given, by the schema's spelling, and leaves the others.</summary>
    public static void Merge(JsonObject target, JsonObject parts, ScimAttribute attribute)
    {
        foreach (var (name, part) in parts)
        {
            if (attribute.FindSub(name) is { ReadOnly: false } sub)
            {
                target[sub.Name] = part?.DeepClone();
            }
        }
    }
}
