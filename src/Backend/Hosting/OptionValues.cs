namespace ScimOperator.Backend.Hosting;

/// <summary>The options as given, by name: from the command line, and where that is silent, from the environment.</summary>
internal sealed class OptionValues
{
    private const string EnvironmentPrefix = "SCIM_BACKEND_";
    private static readonly string[] Repeatable = ["admin"];
    private static readonly string[] Flags = ["no-last-use"];

    private static readonly string[] Known =
    [
        "listen", "ready-file", "data", "store", "store-password-file", "account", "plan", "max-tokens", "credential-file", "admin", "credential-admin", "no-last-use",
        "rate-limit", "public-url", "tls-cert", "tls-key", "log-level",
    ];

    private readonly Dictionary<string, List<string>> values = [];

    private OptionValues()
    {
    }

    /// <exception cref="OptionsException">Something that is no option, an option without its value, or one given twice.</exception>
    public static OptionValues Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var result = new OptionValues();
        for (var i = 0; i < args.Count; i++)
        {
            i += result.Take(args, i);
        }

        foreach (var name in Known)
        {
            result.TakeFromEnvironment(name, environment);
        }

        return result;
    }

    public string? One(string name) => values.TryGetValue(name, out var given) ? given[0] : null;

    public IReadOnlyList<string> Many(string name) => values.TryGetValue(name, out var given) ? given : [];

    public bool Flag(string name) => One(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new OptionsException($"--{name} is \"{other}\": leave the value out, or say true or false."),
    };

    // Returns how many further arguments the option took.
    private int Take(IReadOnlyList<string> args, int at)
    {
        var arg = args[at];
        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        var name = arg.StartsWith("--", StringComparison.Ordinal) ? arg[2..(equals < 0 ? arg.Length : equals)] : "";
        if (!Known.Contains(name))
        {
            throw new OptionsException($"\"{arg}\" is no option. Options: {string.Join(", ", Known.Select(k => "--" + k))}.");
        }

        if (equals >= 0)
        {
            Add(name, arg[(equals + 1)..]);
            return 0;
        }

        if (Flags.Contains(name))
        {
            Add(name, "true");
            return 0;
        }

        Add(name, at + 1 < args.Count ? args[at + 1] : throw new OptionsException($"--{name} needs a value."));
        return 1;
    }

    private void Add(string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new OptionsException($"--{name} is empty: give it a value or leave it out.");
        }

        if (!values.TryGetValue(name, out var given))
        {
            values[name] = given = [];
        }
        else if (!Repeatable.Contains(name))
        {
            throw new OptionsException($"--{name} is given twice.");
        }

        given.Add(value);
    }

    private void TakeFromEnvironment(string name, Func<string, string?> environment)
    {
        var variable = EnvironmentPrefix + name.Replace('-', '_').ToUpperInvariant();
        if (values.ContainsKey(name) || environment(variable) is not { Length: > 0 } value)
        {
            return;
        }

        string[] parts = Repeatable.Contains(name) ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [value];
        foreach (var part in parts)
        {
            Add(name, part);
        }
    }
}
