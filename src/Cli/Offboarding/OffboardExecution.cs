using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Commands;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Offboarding;

/// <summary>Carries an offboarding out, plan by plan, until nothing is left or, without <c>--wait</c>, until there is something to wait for.</summary>
/// <param name="client">The cluster.</param>
/// <param name="environment">Where progress and the result go.</param>
/// <param name="request">What was asked for.</param>
/// <param name="ns">The namespace.</param>
/// <param name="observe">Reads what is.</param>
internal sealed class OffboardExecution(
    IKubeClient client, CliEnvironment environment, OffboardRequest request, string ns, Func<Task<OffboardFacts>> observe)
{
    /// <summary>Somebody may issue another token to the user while the first ones move; not for ever.</summary>
    private const int MostRounds = 10;

    private readonly OffboardResult result = new(environment, request, ns);
    private readonly HashSet<string> noticed = new(StringComparer.Ordinal);
    private Func<string> whereItIs = () => "Nothing was changed yet.";

    /// <summary>Throws <see cref="CliException"/> when the plan must not be carried out.</summary>
    internal static void ThrowIfRefused(OffboardPlan plan)
    {
        if (plan.Refusals.Count > 0)
        {
            throw new CliException(
                string.Join("\n", plan.Refusals.Select(r => r.Message)),
                plan.Refusals.Any(r => r.ByGuard) ? ExitCodes.Denied : ExitCodes.Unknown);
        }
    }

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Timeout, environment.Time, cancellationToken);
        try
        {
            return await RoundsAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.Token.IsCancellationRequested)
        {
            var (how, code) = deadline.IsOver
                ? ($"Not over within {GoDuration.Format(request.Timeout)}.", ExitCodes.Unfinished)
                : ("Stopped.", ExitCodes.Interrupted);
            throw new CliException($"{how} {whereItIs()}\nWhat was begun goes on in the cluster. To continue: {result.Continue}", code, e);
        }
        catch (CliException e) when (result.HasChanges)
        {
            throw HalfWay(e);
        }
        catch (KubeApiException e) when (result.HasChanges)
        {
            throw HalfWay(ApiRefusal.Explain(e));
        }
        catch (Exception e) when (result.HasChanges && e is (HttpRequestException or TimeoutException))
        {
            throw HalfWay(new CliException($"The API server could not be asked: {e.Message}", inner: e));
        }
    }

    private CliException HalfWay(CliException end) =>
        new($"{end.Message}\nWhat was done so far stays. Once that is put right, continue: {result.Continue}", end.ExitCode, end);

    private async Task<int> RoundsAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var plan = OffboardPlanner.Plan(await observe(), request.Aim);
            ThrowIfRefused(plan);
            await NoticeAsync(plan);
            if (plan.IsMoved)
            {
                return await FinishAsync(plan, cancellationToken);
            }

            await MoveAsync(plan.ToMove, cancellationToken);
            if (!request.Wait)
            {
                return await result.PauseAsync(plan);
            }

            await WaitAsync(plan, cancellationToken);
        }

        throw new CliException($"AccountUser {ns}/{request.User} is given new tokens faster than they can be re-homed. Find out who issues them, then run this again.");
    }

    private async Task NoticeAsync(OffboardPlan plan)
    {
        foreach (var notice in plan.Notices.Append(plan.GitNotice).OfType<string>().Where(noticed.Add))
        {
            await environment.Error.WriteLineAsync(notice);
        }
    }

    private async Task MoveAsync(IReadOnlyList<ScimToken> tokens, CancellationToken cancellationToken)
    {
        foreach (var token in tokens)
        {
            await RehomeAsync(token, cancellationToken);
            await environment.Error.WriteLineAsync($"{token.Metadata.Name}: spec.ownerRef set to {request.To}.");
            result.Rehomed(token);
        }
    }

    private async Task RehomeAsync(ScimToken token, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync(ResourceTypes.ScimTokens, token.Key(), Edits.Rehome(request.User, request.To), null, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsInvalid)
        {
            // The patch tests the owner before it replaces it.
            throw new CliException($"ScimToken {token.Key()} could not be given to {request.To}: {e.Message} If somebody else changed its spec.ownerRef meanwhile, run this again.", ExitCodes.Unknown, e);
        }
    }

    private async Task WaitAsync(OffboardPlan plan, CancellationToken cancellationToken)
    {
        var goals = plan.ToMove.Select(t => (t.Metadata.Name, Owner: request.To))
            .Concat(plan.Moving.Select(t => (t.Metadata.Name, Owner: t.Spec.OwnerRef.Name)))
            .ToDictionary(t => t.Name, t => new TokenGoal(Owner: t.Owner), StringComparer.Ordinal);
        var tokens = new TokenWait(client, environment, ns, goals);
        whereItIs = tokens.StillPending;
        await tokens.RunAsync(cancellationToken);
        await result.MovedAsync([.. plan.ToMove, .. plan.Moving], tokens.Follower.Last);

        var user = new UserWait(client, environment, Key);
        var moved = goals.Keys.ToHashSet(StringComparer.Ordinal);
        whereItIs = () => $"AccountUser {Key}: {user.Last.Message}";
        await user.RunAsync(seen => UserProgress.UntilFree(seen, moved), cancellationToken);
    }

    /// <summary>The last step, once nothing is held any more.</summary>
    private async Task<int> FinishAsync(OffboardPlan plan, CancellationToken cancellationToken)
    {
        if (plan.ChangesUser)
        {
            whereItIs = () => $"AccountUser {Key} holds none of these tokens any more and is not changed yet.";
            await client.PatchAsync(ResourceTypes.AccountUsers, Key, request.Aim.Edit, null, cancellationToken);
            result.UserChanged();
        }

        if (!request.Wait)
        {
            return await result.FinishAsync(gone: false);
        }

        var user = new UserWait(client, environment, Key);
        whereItIs = () => $"AccountUser {Key}: {user.Last.Message}";
        var last = await user.RunAsync(seen => UserProgress.UntilApplied(seen, request.Aim), cancellationToken);
        return await result.FinishAsync(gone: last is null);
    }

    private ObjectKey Key => new(ns, request.User);
}
