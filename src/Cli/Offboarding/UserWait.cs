using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Offboarding;

/// <summary>Watches one AccountUser until a judge is content, and says on standard error how it comes along.</summary>
internal sealed class UserWait(IKubeClient client, CliEnvironment environment, ObjectKey key)
{
    /// <summary>What was last said.</summary>
    internal Progress Last { get; private set; } = Progress.Pending("nothing was seen of it yet.");

    /// <summary>Waits; gives the object as last seen, null when it is gone. Throws <see cref="CliException"/> when the judge gives up.</summary>
    internal async Task<AccountUser?> RunAsync(Func<AccountUser?, Progress> judge, CancellationToken cancellationToken)
    {
        var objects = new ObjectFollower(client, environment.Time, environment.Error);
        await foreach (var sighting in objects.FollowAsync(ResourceTypes.AccountUsers, key.Namespace, [key.Name], cancellationToken))
        {
            var now = judge(sighting.Object);
            if (now.Kind == ProgressKind.Failed)
            {
                throw new CliException($"AccountUser {key}: {now.Message}", ExitCodes.Denied);
            }

            if (now != Last)
            {
                Last = now;
                await environment.Error.WriteLineAsync($"{key.Name}: {now.Message}");
                await environment.Error.FlushAsync(cancellationToken);
            }

            if (now.Kind == ProgressKind.Done)
            {
                return sighting.Object;
            }
        }

        return null;
    }
}
