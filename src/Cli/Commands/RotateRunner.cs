using System.Globalization;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Output;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim rotate</c>.</summary>
internal sealed class RotateRunner(CliEnvironment environment)
{
    internal Task<int> RunAsync(RotateRequest request, CancellationToken cancellationToken) => CommandRun.OnClusterAsync(
        environment, request.Cluster, cluster => RotateAsync(request, cluster.Client, new ObjectKey(cluster.Namespace, request.Name), cancellationToken), cancellationToken);

    private async Task<int> RotateAsync(RotateRequest request, IKubeClient client, ObjectKey key, CancellationToken cancellationToken)
    {
        var token = await client.GetAsync(ResourceTypes.ScimTokens, key, cancellationToken)
            ?? throw new CliException($"There is no ScimToken {key}. kubectl scim tokens -n {key.Namespace} lists those that there are.");
        await CheckAsync(client, token, cancellationToken);
        var (asked, value) = await AskAsync(client, token, cancellationToken);
        if (!request.Wait)
        {
            await WriteAsync(request, asked, "rotation requested");
            return ExitCodes.Allowed;
        }

        return await WaitAsync(request, client, key, value, cancellationToken);
    }

    private async Task CheckAsync(IKubeClient client, ScimToken token, CancellationToken cancellationToken)
    {
        var ns = token.Metadata.Namespace ?? "";
        var account = await client.GetAsync(ResourceTypes.Accounts, new ObjectKey(ns, token.Spec.AccountRef.Name), cancellationToken);
        var owner = await client.GetAsync(ResourceTypes.AccountUsers, new ObjectKey(ns, token.Spec.OwnerRef.Name), cancellationToken);
        if (RotateCheck.WhyNot(token, account, owner) is { } why)
        {
            throw why;
        }

        if (RotateCheck.Notice(account!) is { } notice)
        {
            await environment.Error.WriteLineAsync(notice);
        }
    }

    /// <summary>Asks for the rotation; one that was asked for and has not begun is not asked for twice.</summary>
    private async Task<(ScimToken Token, string Request)> AskAsync(IKubeClient client, ScimToken token, CancellationToken cancellationToken)
    {
        if (token.Annotation(WellKnown.RotateRequestedAt) is { Length: > 0 } open && open != token.Status?.LastHandledRotateAt && token.Status?.Tokens is not null)
        {
            await environment.Error.WriteLineAsync($"{token.Metadata.Name}: a rotation was asked for already ({open}) and has not begun: it is not asked for twice.");
            return (token, open);
        }

        var value = environment.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return (await client.PatchAsync(ResourceTypes.ScimTokens, token.Key(), Edits.RotateRequest(value), null, cancellationToken), value);
    }

    private async Task<int> WaitAsync(RotateRequest request, IKubeClient client, ObjectKey key, string value, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Timeout, environment.Time, cancellationToken);
        var wait = new TokenWait(client, environment, key.Namespace, new Dictionary<string, TokenGoal> { [key.Name] = new(RotateRequest: value) });
        try
        {
            await wait.RunAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.Token.IsCancellationRequested)
        {
            var (how, code) = deadline.IsOver ? ($"Not over within {GoDuration.Format(request.Timeout)}.", ExitCodes.Unfinished) : ("Stopped waiting.", ExitCodes.Interrupted);
            throw new CliException($"{how} {wait.StillPending()}\nThe rotation goes on in the cluster; to see it: kubectl get scimtoken {key.Name} -n {key.Namespace} --watch", code, e);
        }

        await WriteAsync(request, wait.Follower.Last[key.Name], "rotated");
        return ExitCodes.Allowed;
    }

    private async Task WriteAsync(RotateRequest request, ScimToken token, string done)
    {
        var named = token with { ApiVersion = GroupVersion.ApiVersion, Kind = ResourceTypes.ScimTokens.Kind };
        await environment.Output.WriteAsync(ObjectFormat.Write(request.Format, ResourceTypes.ScimTokens, named, done));
        await environment.Output.FlushAsync(CancellationToken.None);
    }
}
