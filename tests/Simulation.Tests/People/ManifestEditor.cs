using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.People;

/// <summary>Writes manifests as kubectl does, past the real admission handlers, or around them where the webhook is off.</summary>
internal sealed class ManifestEditor(World world)
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(10);

    internal async Task EditAsync(string plural, string name, bool webhook, Action<JsonObject> edit)
    {
        var key = new ObjectKey(World.Namespace, name);
        if (world.Server.Get(plural, key) is not { } before)
        {
            return;
        }

        var after = before.Json.DeepClone().AsObject();
        edit(after);
        if (await MayAsync(webhook, plural, AdmissionOperation.Update, key, after, before.Json))
        {
            Write($"edits {plural} {name} to {after["spec"]!.ToJsonString()}", () => world.Server.Update(plural, key, Person.Name, status: false, _ => after));
        }
    }

    internal async Task CreateAsync(string plural, string name, Func<JsonObject> make, bool webhook)
    {
        var key = new ObjectKey(World.Namespace, name);
        if (world.Server.Get(plural, key) is not null)
        {
            return;
        }

        var made = make();
        if (await MayAsync(webhook, plural, AdmissionOperation.Create, key, made, null))
        {
            if (webhook)
            {
                made["metadata"]!["finalizers"] = new JsonArray(plural == "scimtokens" ? WellKnown.ScimTokenFinalizer : WellKnown.AccountUserFinalizer);
            }

            Write($"creates {plural} {name}", () => world.Server.Create(plural, made, Person.Name));
        }
    }

    internal async Task DeleteAsync(string plural, string name, bool webhook)
    {
        var key = new ObjectKey(World.Namespace, name);
        if (world.Server.Get(plural, key) is { } before && await MayAsync(webhook, plural, AdmissionOperation.Delete, key, null, before.Json))
        {
            Write($"deletes {plural} {name}", () => world.Server.Delete(plural, key, before.Uid, Person.Name));
        }
    }

    private void Write(string what, Action write)
    {
        try
        {
            write();
            world.Log.Add($"person {what} -> {world.Server.Version}");
        }
        catch (KubeApiException e)
        {
            world.Log.Add($"person can't: {e.Message}");
        }
    }

    private async Task<bool> MayAsync(bool webhook, string plural, AdmissionOperation operation, ObjectKey key, JsonObject? after, JsonObject? before)
    {
        if (!webhook)
        {
            return true;
        }

        var verdict = JudgeAsync(plural, operation, key, after, before);
        await Task.WhenAny(verdict, world.Scheduler.PassAsync(WebhookTimeout));
        if (verdict is { IsCompletedSuccessfully: true, Result.Allowed: true })
        {
            return true;
        }

        world.Log.Add($"{operation} of {plural} {key.Name} is denied: {(verdict.IsCompletedSuccessfully ? verdict.Result.Message : verdict.Exception?.InnerException?.Message ?? "no answer")}");
        return false;
    }

    private async Task<AdmissionVerdict> JudgeAsync(string plural, AdmissionOperation operation, ObjectKey key, JsonObject? after, JsonObject? before)
    {
        var leader = world.Operator;
        await leader.Process.LiveAsync();
        return plural == "scimtokens"
            ? await leader.TokenAdmission.HandleAsync(
                new AdmissionRequest<ScimToken>(operation, key, after?.Deserialize(CrdsJsonContext.Default.ScimToken), before?.Deserialize(CrdsJsonContext.Default.ScimToken), Person.Name, false), CancellationToken.None)
            : await leader.UserAdmission.HandleAsync(
                new AdmissionRequest<AccountUser>(operation, key, after?.Deserialize(CrdsJsonContext.Default.AccountUser), before?.Deserialize(CrdsJsonContext.Default.AccountUser), Person.Name, false), CancellationToken.None);
    }
}
