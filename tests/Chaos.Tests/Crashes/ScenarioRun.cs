using ScimOperator.Chaos.Tests.Observation;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>One run of a scenario in a world.</summary>
internal sealed class ScenarioRun(World world, string token)
{
    private static int runs;

    internal World World => world;

    /// <summary>The ScimToken's name.</summary>
    internal string Token => token;

    /// <summary>Who owns the token when all is done.</summary>
    internal string Owner { get; set; } = "alice";

    /// <summary>What was published before.</summary>
    internal PublishedToken? Before { get; set; }

    internal string SecretPath => Cluster.Secret(world.Namespace, Manifests.SecretOf(token));

    internal string TokenPath => world.Path("scimtokens", token);

    internal static ScenarioRun In(World world) => new(world, $"tok{Interlocked.Increment(ref runs)}");

    internal Task DeclareTokenAsync() => world.Cluster.CreateAsync(world.Path("scimtokens"), Manifests.Token(token, Owner));

    /// <summary>Null when all is as it must be after any scenario.</summary>
    internal Task<string?> WhyNotFinalAsync(bool withToken, CancellationToken cancellationToken) =>
        world.Final.WhyNotAsync(withToken ? new Dictionary<string, string> { [token] = Owner } : [], cancellationToken);
}
