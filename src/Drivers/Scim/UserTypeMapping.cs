using System.Text.Json.Nodes;
using ScimOperator.Crds;

namespace ScimOperator.Drivers.Scim;

/// <summary>Where a service provider keeps what kind of user somebody is, and its words for it. Made from spec.scim.userType of the Account.</summary>
public sealed class UserTypeMapping
{
    private static readonly string[] Lists = ["roles", "entitlements"];
    private static readonly string[] Reserved =
        ["id", "externalId", "userName", "displayName", "active", "emails", "groups", "meta", "schemas", "password", "name"];

    private readonly IReadOnlyDictionary<UserType, string> words;
    private readonly UserType otherwise;
    private readonly string name;

    /// <summary>Makes one; null gives the attribute userType with the types' own names.</summary>
    /// <exception cref="ArgumentException">The settings can't be used; the message says why.</exception>
    public UserTypeMapping(ScimUserType? settings)
    {
        Path = settings?.Attribute ?? "userType";
        var colon = Path.LastIndexOf(':');
        (Extension, name) = colon < 0 ? (null, Path) : (Path[..colon], Path[(colon + 1)..]);
        otherwise = settings?.Otherwise ?? UserType.Member;
        words = Words(settings?.Values);
        if (Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }

    /// <summary>The schema of the extension that has the attribute; null for one of the core schema.</summary>
    internal string? Extension { get; }

    /// <summary>The attribute's path, as PATCH names it.</summary>
    internal string Path { get; }

    /// <summary>Whether the attribute has many values, of which only ours are touched.</summary>
    internal bool IsList => Extension is null && Lists.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a type that the provider has no word for.</summary>
    internal void Require(UserType type)
    {
        if (type != otherwise && !words.ContainsKey(type))
        {
            throw new BackendException(
                BackendError.Refused, $"the Account's spec.scim.userType.values has no word for the type {type}: add one, or declare another type");
        }
    }

    /// <summary>What kind of user a resource is: the most powerful of the types whose word is there.</summary>
    internal UserType Read(JsonObject user, string call)
    {
        var found = Values(user, call).Select(TypeOf).OfType<UserType>().ToList();
        return found.Count > 0 ? found.Min() : otherwise;
    }

    /// <summary>Changes a resource so that it says this type, and nothing else about it.</summary>
    internal void Write(JsonObject user, UserType type, string call)
    {
        var word = words.GetValueOrDefault(type);
        if (IsList)
        {
            SetOrRemove(user, name, Replaced(user, word, call));
        }
        else if (Extension is null)
        {
            SetOrRemove(user, name, word is null ? null : JsonValue.Create(word));
        }
        else
        {
            WriteExtension(user, Extension, word, call);
        }
    }

    /// <summary>The attribute's value once <see cref="Write"/> has set it; null when it is to be removed.</summary>
    internal JsonNode? Target(JsonObject user, UserType type, string call)
    {
        var word = words.GetValueOrDefault(type);
        return IsList ? Replaced(user, word, call) : word is null ? null : JsonValue.Create(word);
    }

    private static void SetOrRemove(JsonObject target, string name, JsonNode? value)
    {
        var key = ScimJson.NameIn(target, name);
        if (value is null)
        {
            target.Remove(key);
        }
        else
        {
            target[key] = value;
        }
    }

    private void WriteExtension(JsonObject user, string extension, string? word, string call)
    {
        var container = ScimJson.Object(user, extension, call);
        if (container is null && word is null)
        {
            return;
        }

        if (container is null)
        {
            user[ScimJson.NameIn(user, extension)] = container = [];
            AddSchema(user, extension, call);
        }

        SetOrRemove(container, name, word is null ? null : JsonValue.Create(word));
    }

    private static void AddSchema(JsonObject user, string extension, string call)
    {
        var schemas = ScimJson.List(user, "schemas", call);
        if (!schemas.Any(s => s is JsonValue v && v.TryGetValue(out string? text) && string.Equals(text, extension, StringComparison.OrdinalIgnoreCase)))
        {
            schemas.Add((JsonNode)extension);
        }
    }

    /// <summary>The list without our words, and with the one that is wanted; null when nothing is left.</summary>
    private JsonArray? Replaced(JsonObject user, string? word, string call)
    {
        var kept = new JsonArray();
        foreach (var item in ScimJson.List(user, name, call))
        {
            if (TypeOf(Word(item, call)) is null || (word is not null && string.Equals(Word(item, call), word, StringComparison.OrdinalIgnoreCase)))
            {
                kept.Add(item?.DeepClone());
            }
        }

        if (word is not null && !kept.Any(item => string.Equals(Word(item, call), word, StringComparison.OrdinalIgnoreCase)))
        {
            var plain = kept.Count > 0 && kept[0] is JsonValue;
            kept.Add(plain ? (JsonNode)word : new JsonObject { ["value"] = word });
        }

        return kept.Count > 0 ? kept : null;
    }

    private IEnumerable<string?> Values(JsonObject user, string call)
    {
        if (IsList)
        {
            return ScimJson.List(user, name, call).Select(item => Word(item, call));
        }

        var holder = Extension is null ? user : ScimJson.Object(user, Extension, call);
        return [holder is null ? null : ScimJson.Text(holder, name, call)];
    }

    private string? Word(JsonNode? item, string call) => item switch
    {
        JsonObject entry => ScimJson.Text(entry, "value", call),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" has an entry that is neither text nor an object with a value"),
    };

    private UserType? TypeOf(string? word)
    {
        foreach (var (type, known) in words)
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    private static Dictionary<UserType, string> Words(ScimUserTypeValues? values)
    {
        var all = values is null
            ? Enum.GetValues<UserType>().Select(t => (t, (string?)t.ToString()))
            : [(UserType.Admin, values.Admin), (UserType.Member, values.Member), (UserType.Viewer, values.Viewer), (UserType.Guest, values.Guest)];
        return all.Where(w => w.Item2 is not null).ToDictionary(w => w.Item1, w => w.Item2!);
    }

    private string? Problem()
    {
        if (name.Length == 0 || (Extension is null && Reserved.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            return $"spec.scim.userType.attribute \"{Path}\" does not say what kind of user somebody is: name another attribute";
        }

        if (!words.ContainsKey(UserType.Admin) || otherwise == UserType.Admin)
        {
            return "spec.scim.userType must have a word for Admin in values, and otherwise must not be Admin";
        }

        return words.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == words.Count
            ? null
            : "spec.scim.userType.values has the same word twice: every type needs its own";
    }
}
