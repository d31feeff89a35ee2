using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Patching;

/// <summary>
/// Applies the operations of a patch in order to the writable attributes of a User. Works on a copy: if one
/// operation is refused, none has happened.
/// </summary>
internal static class PatchApplier
{
    /// <exception cref="Accounts.RefusedException">invalidPath, invalidValue, mutability, noTarget.</exception>
    public static JsonObject Apply(JsonObject user, IReadOnlyList<PatchOperation> operations)
    {
        var result = (JsonObject)user.DeepClone();
        foreach (var operation in operations)
        {
            if (operation.Path is { } path)
            {
                Apply(result, operation.Kind, PatchPath.Parse(path), operation.Value);
            }
            else
            {
                ApplyMembers(result, operation.Kind, operation.Value);
            }
        }

        return Canonicalizer.Canonical(result);
    }

    // Without a path, the value's members are the paths; IdPs write them dotted and URN-qualified too.
    private static void ApplyMembers(JsonObject user, PatchKind kind, JsonNode? value)
    {
        if (value is not JsonObject members)
        {
            throw ScimErrors.InvalidValue("value", "An operation without a path needs an object of attributes as its value.");
        }

        foreach (var (name, member) in members)
        {
            // As with POST, attributes that nobody here knows are ignored, and so are the read-only ones every resource carries.
            if (PatchPath.TryParse(name) is { } path && (path.Target.Attribute is not { Name: "schemas" or "id" or "meta" }))
            {
                Apply(user, kind, path, member);
            }
        }
    }

    private static void Apply(JsonObject user, PatchKind kind, PatchPath path, JsonNode? value)
    {
        var (extension, attribute, sub) = path.Target;
        if (attribute is null)
        {
            ApplyExtension(user, kind, extension!, value);
            return;
        }

        if (attribute.ReadOnly || sub is { ReadOnly: true })
        {
            throw ScimErrors.Mutability(path.Text);
        }

        RefuseRequiredRemoval(kind, attribute, sub, value);
        var home = Home(user, extension);
        if (attribute.MultiValued)
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

    private static void ApplyExtension(JsonObject user, PatchKind kind, string urn, JsonNode? value)
    {
        if (kind == PatchKind.Remove)
        {
            user.Remove(urn);
            return;
        }

        if (value is not JsonObject members)
        {
            throw ScimErrors.InvalidValue(urn, $"The value of {urn} must be an object of its attributes.");
        }

        foreach (var (name, member) in members)
        {
            if (PatchPath.TryParse(urn + ":" + name) is { } path)
            {
                Apply(user, kind, path, member);
            }
        }
    }

    // "active" always has a value here; who wants a user inactive must say so, not leave it open.
    private static void RefuseRequiredRemoval(PatchKind kind, ScimAttribute attribute, ScimAttribute? sub, JsonNode? value)
    {
        var removes = kind == PatchKind.Remove || value is null;
        if (removes && sub is null && (attribute.Required || attribute.Name == "active"))
        {
            throw ScimErrors.InvalidValue(attribute.Name, $"The attribute {attribute.Name} can't be removed: replace its value instead.");
        }
    }

    private static JsonObject Home(JsonObject user, string? extension)
    {
        if (extension is null)
        {
            return user;
        }

        if (user[extension] is not JsonObject home)
        {
            user[extension] = home = [];
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

        // Sub-attributes that are not named stay (RFC 7644, section 3.5.2.3).
        if (attribute.Type == ScimType.Complex && value is JsonObject members)
        {
            if (home[attribute.Name] is not JsonObject existing)
            {
                home[attribute.Name] = existing = [];
            }

            Merge(existing, members, attribute);
            return;
        }

        home[attribute.Name] = value.DeepClone();
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

    /// <summary>Sets the members that are given, by the schema's spelling, and leaves the others.</summary>
    public static void Merge(JsonObject target, JsonObject members, ScimAttribute attribute)
    {
        foreach (var (name, member) in members)
        {
            if (attribute.FindSub(name) is { ReadOnly: false } sub)
            {
                target[sub.Name] = member?.DeepClone();
            }
        }
    }
}
