using ScimOperator.Cli.Cluster;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Tokens;

/// <summary>Watches ScimTokens until they have what they are followed for, and says on standard error how they come along.</summary>
/// <param name="client">The cluster.</param>
/// <param name="environment">Where progress goes.</param>
/// <param name="ns">Namespace of the ScimTokens.</param>
/// <param name="goals">What each is followed for, by name.</param>
internal sealed class TokenWait(IKubeClient client, CliEnvironment environment, string ns, IReadOnlyDictionary<string, TokenGoal> goals)
{
    internal TokenFollower Follower { get; } = new(goals);

    /// <summary>Waits. Throws <see cref="CliException"/> when one of them is stuck.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Follower.IsDone)
        {
            return;
        }

        var objects = new ObjectFollower(client, environment.Time, environment.Error);
        await foreach (var sighting in objects.FollowAsync(ResourceTypes.ScimTokens, ns, [.. goals.Keys], cancellationToken))
        {
            if (Follower.Observe(sighting.Name, sighting.Object) is { } line && Follower.Failure is null)
            {
                await environment.Error.WriteLineAsync(line);
                await environment.Error.FlushAsync(cancellationToken);
            }

            if (Follower.Failure is { } stuck)
            {
                throw new CliException($"ScimToken {ns}/{stuck.Name}: {stuck.Progress.Message}");
            }

            if (Follower.IsDone)
            {
                return;
            }
        }
    }

    /// <summary>What is still pending, for whoever stops waiting.</summary>
    internal string StillPending() => string.Join(
        "\n", Follower.Pending.Select(p => $"ScimToken {ns}/{p.Name}: {p.Progress.Message}"));
}
