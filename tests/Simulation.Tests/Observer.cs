using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Simulation.Tests.Backend;
using ScimOperator.Simulation.Tests.Cluster;
using ScimOperator.Simulation.Tests.Engine;
using ScimOperator.Simulation.Tests.People;

namespace ScimOperator.Simulation.Tests;

/// <summary>
/// Watches the cluster and the accounts from outside and knows what must hold. Shares no code with the controllers: it looks
/// at stored JSON, at the accounts' own state, and at who did what.
/// </summary>
internal sealed class Observer
{
    private readonly World world;
    private readonly Dictionary<string, SimulatedToken> everMinted = new(StringComparer.Ordinal);
    private readonly HashSet<string> revokedByHand = new(StringComparer.Ordinal);
    private readonly HashSet<string> endedByHand = new(StringComparer.Ordinal);
    private readonly HashSet<string> tampered = new(StringComparer.Ordinal);
    private readonly HashSet<string> everTampered = new(StringComparer.Ordinal);
    private readonly HashSet<string> endedTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> everDeclared = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> contested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> omitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> finished = new(StringComparer.Ordinal);
    private ulong seenVersion;
    private int seenOrder;

    internal Observer(World world)
    {
        this.world = world;
        world.Server.Changed += OnChange;
        world.Log.Check = line => MustNotLeak(line, "a log line or an event");
        foreach (var account in world.Accounts.Values)
        {
            account.Audited += (actor, what, user, token) => OnAudit(account, actor, what, user, token);
        }
    }

    /// <summary>UIDs of ScimTokens that are gone, with their deletionPolicy.</summary>
    internal IReadOnlyDictionary<string, string> Finished => finished;

    /// <summary>Tokens that nobody could know of when their ScimToken ended: they took effect later, an old leader made them beside the new one, or the account's list lacked them.</summary>
    internal HashSet<string> BornTooLate { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes that a list lacked a token that exists.</summary>
    internal void NoteOmitted(string tokenId) => omitted[tokenId] = world.Time.GetUtcNow();

    internal SimulatedToken? ByValue(string value) => everMinted.GetValueOrDefault(value);

    /// <summary>The first thing that did not hold; kept, since who threw it may be in a task that nobody awaits.</summary>
    internal string? Violation { get; private set; }

    internal ViolationException Found(string what)
    {
        Violation ??= what;
        return new ViolationException(what);
    }

    /// <summary>After every step: continuity.</summary>
    internal void AfterStep()
    {
        if (world.Server.Version == seenVersion && world.Managed.Order == seenOrder)
        {
            return;
        }

        (seenVersion, seenOrder) = (world.Server.Version, world.Managed.Order);
        foreach (var token in world.Server.List("scimtokens").Where(t => !t.IsDeleting))
        {
            CheckContinuity(token);
        }
    }

    internal void OnRefused(string idp, string value)
    {
        var token = ByValue(value);
        if (token is null || IsExcused(token))
        {
            return;
        }

        var declared = world.Server.Get("scimtokens", new ObjectKey(World.Namespace, idp));
        var verified = declared?.Text("spec", "rotation", "cutover") == "Verified" && world.Managed.ReportsUse;
        var immediate = declared?.Text("spec", "rotation", "cutover") == "Immediate";
        if (!immediate && (verified || (declared is not null && IsLongOverlap(declared) && !everTampered.Contains(idp))))
        {
            throw Found($"continuity: the identity provider of {idp} is refused with {token.Listed.Id} ({token.Listed.Reference}), which nobody but the operator ended");
        }
    }

    private static bool IsLongOverlap(Stored declared) => declared.Text("spec", "rotation", "overlap") == "1m";

    private void CheckContinuity(Stored declared)
    {
        var secret = world.Server.Get("secrets", new ObjectKey(World.Namespace, declared.Text("spec", "secret", "name")!));
        if (secret is null || !secret.Owners.Contains(declared.Uid) || tampered.Contains(secret.Key.Name))
        {
            return;
        }

        var value = Encoding.UTF8.GetString(Convert.FromBase64String(secret.Text("data", "token") ?? ""));
        var token = ByValue(value) ?? throw Found($"continuity: Secret {secret.Key} holds no token that was ever generated");
        if (!world.Managed.Accepts(token) && !IsExcused(token))
        {
            throw Found($"continuity: Secret {secret.Key} holds {token.Listed.Id} ({token.Listed.Reference}), which the account does not accept");
        }
    }

    /// <summary>Whether a person, and not the operator, is why a token does not work.</summary>
    private bool IsExcused(SimulatedToken token) =>
        revokedByHand.Contains(token.Listed.Id)
        || endedByHand.Contains(token.Listed.OwnerId)
        || (token.Listed.Reference is { } reference && endedTokens.Contains(reference.Split('/')[0]));

    private void OnChange(Change change)
    {
        var now = change.New;
        if (now.Plural == "secrets")
        {
            OnSecret(change);
            return;
        }

        if (now.Says(SimulatedAccount.ValuePrefix))
        {
            throw Found($"leak: {now.Plural} {now.Key} holds a token's value");
        }

        if (now.Plural == "scimtokens" && (now.IsDeleting || change.Gone))
        {
            endedTokens.Add(now.Uid);
            if (change.Gone)
            {
                finished[now.Uid] = now.Text("spec", "deletionPolicy") ?? "Revoke";
                BornTooLate.UnionWith(contested);
                BornTooLate.UnionWith(omitted.Where(o => world.Time.GetUtcNow() - o.Value < TimeSpan.FromSeconds(15)).Select(o => o.Key));
            }
        }

        if (now.Plural == "accountusers")
        {
            Declare(now);
        }
    }

    private void Declare(Stored user)
    {
        var email = user.Text("spec", "email")!;
        if (!everDeclared.TryGetValue(email, out var words))
        {
            everDeclared[email] = words = new HashSet<string>(StringComparer.Ordinal);
        }

        words.Add(user.Text("spec", "deletionPolicy") ?? "Retain");
        words.Add(user.Text("spec", "userType")!);
        words.Add(user.Text("spec", "active") == "false" ? "inactive" : "active");
    }

    private void OnSecret(Change change)
    {
        var (name, now) = (change.New.Key.Name, change.New);
        if ((now.Json["metadata"]?.ToJsonString() ?? "").Contains(SimulatedAccount.ValuePrefix, StringComparison.Ordinal))
        {
            throw Found($"leak: the metadata of Secret {now.Key} holds a token's value");
        }

        var ours = change.Old?.Owners.Any() ?? true;
        if (change.Actor == SimulatedClient.Actor && !ours)
        {
            throw Found($"unasked: the operator wrote Secret {now.Key}, which is not its own");
        }

        if (change.Old?.Text("data") == now.Text("data") && !change.Gone)
        {
            return;
        }

        if (change.Actor == SimulatedClient.Actor)
        {
            tampered.Remove(name);
        }
        else if (change.Old is not null || change.Actor == Person.Name)
        {
            tampered.Add(name);
            everTampered.Add(name);
        }
    }

    private void OnAudit(SimulatedAccount account, string actor, string what, SimulatedUser? user, SimulatedToken? token)
    {
        if (what == "mint")
        {
            everMinted[token!.Value] = token;
            if (token.Listed.Reference?.Split('/')[0] is { } uid && finished.ContainsKey(uid))
            {
                BornTooLate.Add(token.Listed.Id);
            }

            if (world.Time.GetUtcNow() <= world.TwoLeadersUntil)
            {
                contested.Add(token.Listed.Id);
            }
        }

        if (user is not null && account.User(user.Id) is { State.IsActiveAdmin: true })
        {
            endedByHand.Remove(user.Id);
        }

        if (actor == Person.Name)
        {
            world.Log.Add($"person: {what} {user?.Id} {token?.Listed.Id}");
            NoteHand(what, user, token);
            return;
        }

        if (account != world.Managed)
        {
            throw Found($"unasked: the operator did \"{what}\" at {account.Name}, which it may only observe");
        }

        CheckUser(account, what, user);
        if (what == "delete token" && token!.MintedBy != SimulatedDriver.Actor)
        {
            throw Found($"unasked: the operator deleted {token.Listed.Id}, which a person had made");
        }
    }

    private void NoteHand(string what, SimulatedUser? user, SimulatedToken? token)
    {
        if (what == "delete token")
        {
            revokedByHand.Add(token!.Listed.Id);
        }

        if (what == "end admin")
        {
            endedByHand.Add(user!.Id);
        }
    }

    private void CheckUser(SimulatedAccount account, string what, SimulatedUser? user)
    {
        if (user is null)
        {
            return;
        }

        if (!everDeclared.TryGetValue(user.Email, out var words))
        {
            throw Found($"unasked: the operator changed {user.Email}, whom nobody declared");
        }

        if (account.User(user.Id) is null && !words.Contains("Delete"))
        {
            throw Found($"unasked: the operator deleted {user.Email}, and no manifest ever asked for that");
        }

        if (what != "end admin")
        {
            return;
        }

        // What came to be after the operator asked the account, by somebody else's hand, only the account itself could have seen.
        var held = account.Live.Where(t => t.Listed.OwnerId == user.Id)
            .FirstOrDefault(t => t.MintedBy == SimulatedDriver.Actor || t.Order < account.ListedAt(user.Id));
        if (held is not null)
        {
            throw Found($"guard: the operator ended admin {user.Email}, who holds live token {held.Listed.Id} ({held.Listed.Reference ?? "made by hand"})");
        }
    }

    private void MustNotLeak(string text, string where)
    {
        if (text.Contains(SimulatedAccount.ValuePrefix, StringComparison.Ordinal))
        {
            throw Found($"leak: {where} holds a token's value");
        }
    }
}
