using System.Globalization;

namespace ScimOperator.Bench;

/// <summary>What to measure.</summary>
public sealed record BenchOptions
{
    /// <summary>How many users the backend holds, one run for each.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [1_000, 100_000];

    /// <summary>How many users scimmy holds, one run for each: it looks through all of them for every one that is added.</summary>
    public IReadOnlyList<int> ScimmySizes { get; init; } = [1_000, 10_000];

    /// <summary>Seconds for which each operation is measured, after a second to warm up.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Connections that send one request after the other.</summary>
    public int Connections { get; init; } = 16;

    /// <exception cref="FormatException">With a message for the user.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw new FormatException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--sizes" => options with { Sizes = Numbers(value) },
                "--scimmy-sizes" => options with { ScimmySizes = Numbers(value) },
                "--seconds" => options with { Seconds = Numbers(value)[0] },
                "--connections" => options with { Connections = Numbers(value)[0] },
                var other => throw new FormatException($"{other} is no option: --sizes 1000,100000 --scimmy-sizes 1000,10000 --seconds 5 --connections 16."),
            };
        }

        return options;
    }

    private static int[] Numbers(string text)
    {
        var parts = text.Split(',').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
        return parts.All(n => n > 0) ? parts : throw new FormatException($"{text} is no list of whole numbers above 0.");
    }
}
