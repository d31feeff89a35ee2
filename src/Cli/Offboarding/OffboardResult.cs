using ScimOperator.Cli.Commands;
using ScimOperator.Cli.Output;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Offboarding;

/// <summary>What an offboarding has done, for standard output: lines or names as it happens, JSON at the end.</summary>
internal sealed class OffboardResult(CliEnvironment environment, OffboardRequest request, string ns)
{
    private readonly SortedDictionary<string, (ScimToken Token, bool Moved)> tokens = new(StringComparer.Ordinal);
    private bool userChanged;

    /// <summary>Whether anything was changed.</summary>
    internal bool HasChanges => userChanged || tokens.Count > 0;

    /// <summary>The command that goes on from here.</summary>
    internal string Continue => $"kubectl scim offboard {request.User} --to {request.To} -n {ns}{request.Aim.Options} --wait";

    internal void Rehomed(ScimToken token) => tokens[token.Metadata.Name] = (token, false);

    internal void UserChanged() => userChanged = true;

    /// <summary>The cut-over of these tokens is over.</summary>
    internal async Task MovedAsync(IReadOnlyList<ScimToken> moved, IReadOnlyDictionary<string, ScimToken> last)
    {
        foreach (var token in moved)
        {
            var seen = last.GetValueOrDefault(token.Metadata.Name, token);
            tokens[token.Metadata.Name] = (seen, true);
            await LineAsync(ObjectFormat.NameOf(ResourceTypes.ScimTokens, token.Metadata.Name), $"re-homed to {seen.Spec.OwnerRef.Name}");
        }
    }

    /// <summary>Ends before the cut-over is over.</summary>
    internal async Task<int> PauseAsync(OffboardPlan plan)
    {
        foreach (var token in plan.ToMove.Concat(plan.Moving))
        {
            tokens[token.Metadata.Name] = (token, false);
            var owner = plan.ToMove.Contains(token) ? request.To : token.Spec.OwnerRef.Name;
            await LineAsync(ObjectFormat.NameOf(ResourceTypes.ScimTokens, token.Metadata.Name), $"moving to {owner}");
        }

        await JsonAsync(complete: false);
        await environment.Error.WriteLineAsync(
            $"The old tokens are kept until the new ones have been seen in use; AccountUser {ns}/{request.User} is not changed before that. To wait for it and finish: {Continue}");
        return ExitCodes.Allowed;
    }

    /// <summary>Ends with all done; <paramref name="gone"/> when the AccountUser, whose deletion was asked for before, went meanwhile.</summary>
    internal async Task<int> FinishAsync(bool gone)
    {
        await LineAsync(
            ObjectFormat.NameOf(ResourceTypes.AccountUsers, request.User),
            (gone, request.Wait, userChanged) switch
            {
                (true, _, _) => "deleted",
                (_, true, _) => request.Aim.Done,
                (_, _, true) => request.Aim.Set,
                _ => "needs no change",
            });
        await JsonAsync(complete: true);
        return ExitCodes.Allowed;
    }

    private async Task LineAsync(string name, string done)
    {
        if (request.Format != ObjectFormat.Json)
        {
            await environment.Output.WriteLineAsync(request.Format == ObjectFormat.Name ? name : $"{name} {done}");
            await environment.Output.FlushAsync(CancellationToken.None);
        }
    }

    private async Task JsonAsync(bool complete)
    {
        if (request.Format != ObjectFormat.Json)
        {
            return;
        }

        await environment.Output.WriteAsync(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("schemaVersion", 1);
            writer.WriteString("namespace", ns);
            writer.WriteString("user", request.User);
            writer.WriteString("to", request.To);
            writer.WriteString("action", request.Aim.Action);
            writer.WriteBoolean("complete", complete);
            writer.WriteStartArray("tokens");
            foreach (var (name, (token, moved)) in tokens)
            {
                writer.WriteStartObject();
                writer.WriteString("scimToken", name);
                writer.WriteString("secret", token.Spec.Secret.Name);
                writer.WriteBoolean("moved", moved);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
        await environment.Output.FlushAsync(CancellationToken.None);
    }
}
