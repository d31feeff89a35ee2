using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Simulation.Tests.Backend;
using ScimOperator.Simulation.Tests.Cluster;
using ScimOperator.Simulation.Tests.People;

namespace ScimOperator.Simulation.Tests;

/// <summary>What must be once faults have stopped and time has passed: everything as declared, nothing left over.</summary>
internal sealed class FinalState(World world)
{
    /// <summary>What is not as it must be; empty when all is.</summary>
    internal IReadOnlyList<string> Gaps() =>
        [.. world.Server.List("scimtokens").SelectMany(Token), .. world.Server.List("accountusers").SelectMany(User), .. Leftovers(), .. Foreign()];

    private IEnumerable<string> Token(Stored token)
    {
        if (token.IsDeleting)
        {
            yield return $"ScimToken {token.Key.Name} is still being deleted: {Condition(token, "DeletionBlocked")}";
            yield break;
        }

        if (token.Key.Name is "taken" or "seen")
        {
            var reason = token.Key.Name == "taken" ? "SecretNotOurs" : "ObserveOnly";
            if (!Condition(token, "Ready").Contains(reason, StringComparison.Ordinal))
            {
                yield return $"ScimToken {token.Key.Name} does not say {reason}: {Condition(token, "Ready")}";
            }

            yield break;
        }

        if (!Condition(token, "Ready").StartsWith("True", StringComparison.Ordinal) || token.Text("status", "observedGeneration") != token.Text("metadata", "generation"))
        {
            yield return $"ScimToken {token.Key.Name} is not Ready: {Condition(token, "Ready")}";
        }

        var live = world.Managed.Live.Where(t => t.Listed.Reference?.StartsWith($"{token.Uid}/", StringComparison.Ordinal) ?? t.Listed.Description == token.Key.Name).ToList();
        if (live is not [var only])
        {
            yield return $"ScimToken {token.Key.Name} has {live.Count} live tokens: {string.Join(", ", live.Select(t => t.Listed.Id))}; {Condition(token, "CutoverPending")}";
            yield break;
        }

        if (Published(token.Text("spec", "secret", "name")!) != only.Value)
        {
            yield return $"Secret {token.Key.Name} does not hold the live token {only.Listed.Id}";
        }

        if (world.Managed.User(only.Listed.OwnerId)?.Email != Manifests.Email(token.Text("spec", "ownerRef", "name")!))
        {
            yield return $"ScimToken {token.Key.Name}: {only.Listed.Id} is not the declared owner's";
        }
    }

    private IEnumerable<string> User(Stored user)
    {
        if (user.Key.Name == "watched")
        {
            yield break;
        }

        var account = world.Managed;
        var actual = account.UserByEmail(user.Text("spec", "email")!);
        var held = actual is not null && account.Live.Any(t => t.Listed.OwnerId == actual.Id);
        if (user.IsDeleting)
        {
            if (!held)
            {
                yield return $"AccountUser {user.Key.Name} is still being deleted: {Condition(user, "DeletionBlocked")}";
            }

            yield break;
        }

        var asDeclared = actual is not null
            && actual.State.Type.ToString() == user.Text("spec", "userType")
            && actual.State.Active == (user.Text("spec", "active") != "false");
        var blocked = held && Condition(user, "Ready").StartsWith("False/AdminHoldsScimToken", StringComparison.Ordinal);
        if (!asDeclared && !blocked)
        {
            yield return $"AccountUser {user.Key.Name} is not as declared: {actual?.State}; {Condition(user, "Ready")}";
        }

        if (asDeclared && !Condition(user, "Ready").StartsWith("True", StringComparison.Ordinal))
        {
            yield return $"AccountUser {user.Key.Name} is as declared and not Ready: {Condition(user, "Ready")}";
        }
    }

    private IEnumerable<string> Leftovers()
    {
        var published = world.Server.List("secrets").Select(s => Published(s.Key.Name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var token in world.Managed.Live.Where(t => t.MintedBy == SimulatedDriver.Actor && !published.Contains(t.Value)))
        {
            var uid = token.Listed.Reference?.Split('/')[0];
            var retained = uid is not null && world.Observer.Finished.GetValueOrDefault(uid) == "Retain";
            var unknowable = uid is not null && world.Observer.Finished.ContainsKey(uid) && world.Observer.BornTooLate.Contains(token.Listed.Id);
            if (!retained && !unknowable)
            {
                yield return $"orphan: {token.Listed.Id} ({token.Listed.Reference ?? "no reference"}) lives at the account, and nobody knows its value";
            }
        }
    }

    private IEnumerable<string> Foreign()
    {
        if (Published("taken") != "somebody-elses")
        {
            yield return "the foreign Secret is not what it was";
        }

        if (world.Managed.UserByEmail("dora@acme.test") is not { State.IsActiveAdmin: true, ChangedBy: Person.Name })
        {
            yield return "a user whom nobody declared is not what it was";
        }
    }

    private string? Published(string secret) =>
        world.Server.Get("secrets", new ObjectKey(World.Namespace, secret))?.Text("data", "token") is { } data
            ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
            : null;

    private static string Condition(Stored obj, string type)
    {
        var found = (obj.Json["status"]?["conditions"]?.AsArray() ?? []).FirstOrDefault(c => (string?)c!["type"] == type);
        return found is null ? $"no {type}" : $"{found["status"]}/{found["reason"]}: {found["message"]}";
    }
}
