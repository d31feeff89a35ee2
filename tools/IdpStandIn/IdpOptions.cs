using System.Globalization;

namespace ScimOperator.IdpStandIn;

/// <summary>How the stand-in runs.</summary>
internal sealed record IdpOptions
{
    internal const string Help = """
        idp-stand-in: provisions users over SCIM as an identity provider's connector does, with the token of a Secret.

          --kubeconfig FILE  connect with this file; it needs to get the one Secret and nothing else
          --namespace NAME   the Secret's namespace
          --secret NAME      the Secret, with the keys url, token and tokenId
          --stats-file FILE  where the counts go, as JSON, several times a second and at the end
          --rate N           SCIM requests per second (20)
          --seed N           what the order of requests is derived from (1)
        """;

    private const int MaximumRate = 1000;

    /// <summary>--kubeconfig: the connector's own credentials.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>--namespace: the Secret's.</summary>
    public required string Namespace { get; init; }

    /// <summary>--secret: its name.</summary>
    public required string Secret { get; init; }

    /// <summary>--stats-file: replaced in one step.</summary>
    public required string StatsFile { get; init; }

    /// <summary>--rate: SCIM requests per second.</summary>
    public int Rate { get; init; } = 20;

    /// <summary>--seed: the same seed asks for the same users in the same order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads <c>--name value</c> and <c>--name=value</c>.</summary>
    /// <exception cref="FormatException">With a message for the user.</exception>
    internal static IdpOptions Parse(IReadOnlyList<string> args)
    {
        var given = Read(args);
        var options = new IdpOptions
        {
            Kubeconfig = Take(given, "kubeconfig"),
            Namespace = Take(given, "namespace"),
            Secret = Take(given, "secret"),
            StatsFile = Take(given, "stats-file"),
            Rate = Number(given, "rate", 20, 1, MaximumRate),
            Seed = Number(given, "seed", 1, 0, int.MaxValue),
        };
        return given.Count == 0 ? options : throw new FormatException($"There is no option --{given.Keys.First()}. See --help.");
    }

    private static Dictionary<string, string> Read(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var parts = args[i].Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal))
            {
                throw new FormatException($"\"{args[i]}\" is not an option: options begin with --. See --help.");
            }

            var value = parts.Length == 2 ? parts[1] : i + 1 < args.Count ? args[++i] : throw new FormatException($"{parts[0]} needs a value. See --help.");
            given[parts[0][2..]] = value;
        }

        return given;
    }

    private static string Take(Dictionary<string, string> given, string name) =>
        given.Remove(name, out var value) && value.Length > 0 ? value : throw new FormatException($"--{name} is missing. See --help.");

    private static int Number(Dictionary<string, string> given, string name, int otherwise, int minimum, int maximum)
    {
        if (!given.Remove(name, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new FormatException($"--{name}: \"{text}\" is not a number from {minimum} to {maximum}.");
    }
}
