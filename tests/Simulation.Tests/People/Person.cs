using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Runtime.Client;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.People;

/// <summary>
/// Everybody who is not the operator: edits manifests, works at the account by hand, tampers with Secrets, and pulls plugs.
/// Every run has some habits and lacks others.
/// </summary>
internal sealed class Person
{
    internal const string Name = "person";

    private readonly World world;
    private readonly ManifestEditor editor;
    private readonly List<Func<Task>> habits = [];

    internal Person(World world)
    {
        this.world = world;
        editor = new ManifestEditor(world);
        (Func<Task> Habit, int Weight)[] all =
        [
            (RehomeAsync, 5), (RotateAsync, 4), (RelayoutAsync, 1), (RespecAsync, 2), (SuspendAsync, 1), (DropTokenAsync, 2), (RestoreAsync, 4),
            (DemoteAsync, 3), (PromoteAsync, 3), (DropUserAsync, 2), (PauseAsync, 1), (MintByHandAsync, 2), (RevokeByHandAsync, 2), (RevokeOursAsync, 1),
            (DemoteByHandAsync, 1), (LoseSecretAsync, 1), (AlterSecretAsync, 1), (UnlabelSecretAsync, 1), (CrashAsync, 2), (OutageAsync, 1), (LoseLeaseAsync, 1),
        ];
        foreach (var (habit, weight) in all.Where(_ => world.Draw.Next(3) > 0))
        {
            habits.AddRange(Enumerable.Repeat(habit, weight));
        }

        habits.Add(RehomeAsync);
        habits.Add(RestoreAsync);
    }

    private Random Draw => world.Draw;

    internal async Task RunAsync()
    {
        var pace = 1 + (Draw.NextDouble() * 12);
        while (world.IsTroubled)
        {
            await world.Scheduler.PassAsync(TimeSpan.FromMilliseconds(Draw.Next((int)(pace * 2000))));
            if (world.IsTroubled)
            {
                await habits[Draw.Next(habits.Count)]();
            }
        }
    }

    /// <summary>Undoes what would keep the declared state from being reached: nothing is paused, and every token has an admin as owner.</summary>
    internal async Task TidyUpAsync()
    {
        // What was asked of a webhook before may still be written.
        await world.Scheduler.PassAsync(TimeSpan.FromSeconds(20));
        foreach (var plural in (string[])["scimtokens", "accountusers"])
        {
            foreach (var obj in world.Server.List(plural))
            {
                await editor.EditAsync(plural, obj.Key.Name, webhook: false, json =>
                {
                    json["spec"]!.AsObject().Remove("suspend");
                    json["spec"]!["rotation"]?.AsObject().Remove("every");
                    json["metadata"]!["annotations"]?.AsObject().Remove(WellKnown.Paused);
                    if (plural == "scimtokens" && (string?)json["spec"]!["ownerRef"]!["name"] != "watched")
                    {
                        json["spec"]!["ownerRef"]!["name"] = "boss";
                    }
                });
            }
        }

        foreach (var made in world.Managed.Live.Where(t => t.MintedBy == Name).ToList())
        {
            world.Managed.DeleteToken(made.Listed.Id, Name);
        }
    }

    private Task RehomeAsync() => editor.EditAsync("scimtokens", OneToken(), Webhook(), json =>
        json["spec"]!["ownerRef"]!["name"] = Manifests.Owners[Draw.Next(Manifests.Owners.Count)]);

    private Task RotateAsync() => AnnotateAsync("scimtokens", OneToken(), WellKnown.RotateRequestedAt, Draw.Next(1000).ToString(CultureInfo.InvariantCulture));

    private Task PauseAsync() => Draw.Next(2) == 0
        ? AnnotateAsync("scimtokens", OneToken(), WellKnown.Paused, Draw.Next(3) == 0 ? "true" : "false")
        : AnnotateAsync("accountusers", OneUser(), WellKnown.Paused, Draw.Next(3) == 0 ? "true" : "false");

    private Task RelayoutAsync() => editor.EditAsync("scimtokens", OneToken(), Webhook(), json =>
        json["spec"]!["secret"]!["labels"] = new JsonObject { ["team"] = Draw.Next(5).ToString(CultureInfo.InvariantCulture) });

    private Task RespecAsync() => editor.EditAsync("scimtokens", OneToken(), Webhook(), json =>
    {
        if (Draw.Next(2) == 0)
        {
            json["spec"]!["rotation"]!["every"] = Draw.Next(2) == 0 ? "1m" : "3m";
        }
        else
        {
            json["spec"]!["rotation"]!.AsObject().Remove("every");
        }
    });

    private Task SuspendAsync() => editor.EditAsync("scimtokens", OneToken(), Webhook(), json => json["spec"]!["suspend"] = Draw.Next(3) == 0);

    private Task DropTokenAsync() => editor.DeleteAsync("scimtokens", OneToken(), Webhook());

    private Task DropUserAsync() => editor.DeleteAsync("accountusers", OneUser(), Webhook());

    private async Task RestoreAsync()
    {
        foreach (var name in Manifests.TokenNames)
        {
            await editor.CreateAsync("scimtokens", name, () => Manifests.Token(name, Draw), Webhook());
        }

        foreach (var name in Manifests.UserNames)
        {
            await editor.CreateAsync("accountusers", name, () => Manifests.User(name, Draw), Webhook());
        }
    }

    private Task DemoteAsync() => editor.EditAsync("accountusers", OneUser(), Webhook(), json =>
    {
        if (Draw.Next(2) == 0)
        {
            json["spec"]!["userType"] = "Member";
        }
        else
        {
            json["spec"]!["active"] = false;
        }
    });

    private Task PromoteAsync() => editor.EditAsync("accountusers", OneUser(), Webhook(), json =>
    {
        json["spec"]!["userType"] = "Admin";
        json["spec"]!["active"] = true;
    });

    private Task MintByHandAsync() => ByHand("mints", () =>
        world.Managed.Mint(new MintRequest(AnyUser(), "by hand", null!, null), Name));

    private Task RevokeByHandAsync() => ByHand("revokes a token made by hand", () => RevokeOne(t => t.MintedBy == Name));

    private Task RevokeOursAsync() => ByHand("revokes one of the operator's tokens", () => RevokeOne(t => t.MintedBy != Name));

    private Task DemoteByHandAsync() => ByHand("sets a user's type", () =>
    {
        if (world.Managed.UserByEmail(Manifests.Email(OneUser())) is { } user)
        {
            world.Managed.UpdateUser(user.Id, new UserPatch(UserType: Draw.Next(2) == 0 ? UserType.Member : UserType.Admin), null, Name);
        }
    });

    private Task LoseSecretAsync() => ByHand("deletes a Secret", () =>
    {
        world.Server.Delete("secrets", new ObjectKey(World.Namespace, OneToken()), null, Name);
    });

    private Task AlterSecretAsync() => EditSecret("alters a Secret", json => json["data"]!["token"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("altered")));

    private Task UnlabelSecretAsync() => EditSecret("takes a Secret's label away", json => json["metadata"]!["labels"]!.AsObject().Remove(WellKnown.ManagedByLabel));

    private Task CrashAsync()
    {
        if (!world.Faults.IsOff)
        {
            world.Crash();
        }

        return Task.CompletedTask;
    }

    private Task LoseLeaseAsync()
    {
        if (!world.Faults.IsOff)
        {
            world.LoseLease();
        }

        return Task.CompletedTask;
    }

    private Task OutageAsync()
    {
        var side = Draw.Next(2) == 0 ? FaultPlan.Side.Cluster : FaultPlan.Side.Account;
        var until = world.Time.GetUtcNow() + TimeSpan.FromSeconds(Draw.Next(90));
        world.Log.Add($"{side} is away until {until:HH:mm:ss}");
        world.Faults.TakeAway(side, until);
        return Task.CompletedTask;
    }

    private Task AnnotateAsync(string plural, string name, string annotation, string value) => editor.EditAsync(plural, name, Webhook(), json =>
    {
        var all = json["metadata"]!["annotations"]?.AsObject() ?? [];
        json["metadata"]!.AsObject().Remove("annotations");
        all[annotation] = value;
        json["metadata"]!["annotations"] = all;
    });

    private Task EditSecret(string what, Action<JsonObject> edit) => ByHand(what, () =>
    {
        world.Server.Update("secrets", new ObjectKey(World.Namespace, OneToken()), Name, status: false, json =>
        {
            edit(json);
            return json;
        });
    });

    private Task ByHand(string what, Action act)
    {
        try
        {
            world.Log.Add($"person {what}");
            act();
        }
        catch (Exception e) when (e is BackendException or KubeApiException or NullReferenceException)
        {
            world.Log.Add($"person is refused: {e.Message}");
        }

        return Task.CompletedTask;
    }

    private void RevokeOne(Func<Backend.SimulatedToken, bool> which)
    {
        if (world.Managed.Tokens.Where(which).ToList() is { Count: > 0 } found)
        {
            world.Managed.DeleteToken(found[Draw.Next(found.Count)].Listed.Id, Name);
        }
    }

    private string AnyUser() => world.Managed.Users[Draw.Next(world.Managed.Users.Count)].Id;

    private static string[] Ours { get; } = ["okta", "entra", "spare"];

    private string OneToken() => Ours[Draw.Next(Ours.Length)];

    private string OneUser() => Manifests.UserNames[1 + Draw.Next(3)];

    private bool Webhook() => Draw.Next(4) > 0;
}
