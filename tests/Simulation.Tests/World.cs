using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Drivers;
using ScimOperator.Simulation.Tests.Backend;
using ScimOperator.Simulation.Tests.Cluster;
using ScimOperator.Simulation.Tests.Engine;
using ScimOperator.Simulation.Tests.People;

namespace ScimOperator.Simulation.Tests;

/// <summary>Everything of one run: a cluster, two accounts, people, identity providers, and the operator that is killed and started again.</summary>
internal sealed class World
{
    internal const string Namespace = "acme";
    internal const string Boss = "boss@acme.test";
    internal const string ManagedUrl = "https://acme.test";
    internal const string ObservedUrl = "https://watch.test";

    private int starts;

    internal World(int seed, SimulationOptions options)
    {
        Options = options;
        Scheduler = new Scheduler(seed, options.MostSteps);
        Faults = new FaultPlan(seed ^ 0x5eed, options.Only) { IsOff = !options.Faults };
        Draw = new Random(seed ^ 0x9e37);
        Log = new EventLog(Time);
        Server = new ApiServer(Time);
        Accounts = new Dictionary<string, SimulatedAccount>(StringComparer.Ordinal)
        {
            [ManagedUrl] = new("acme", Time),
            [ObservedUrl] = new("watch", Time),
        };
        Managed.Restricts = options.Restricts ?? Draw.Next(4) > 0;
        Managed.ReportsUse = Draw.Next(8) > 0;
        Server.Changed += CollectGarbage;
        Observer = new Observer(this);
        Operator = null!;
    }

    internal SimulationOptions Options { get; }

    internal Scheduler Scheduler { get; }

    internal VirtualTime Time => Scheduler.Time;

    internal FaultPlan Faults { get; }

    /// <summary>What people decide.</summary>
    internal Random Draw { get; }

    internal EventLog Log { get; }

    internal ApiServer Server { get; }

    internal Dictionary<string, SimulatedAccount> Accounts { get; }

    internal SimulatedAccount Managed => Accounts[ManagedUrl];

    internal Observer Observer { get; }

    /// <summary>The process that leads now, or the last one that did.</summary>
    internal SimulatedOperator Operator { get; private set; }

    /// <summary>Until when an old leader may act beside the new one.</summary>
    internal DateTimeOffset TwoLeadersUntil { get; private set; }

    /// <summary>Whether people still do things.</summary>
    internal bool IsTroubled { get; set; } = true;

    /// <summary>What is there at the start.</summary>
    internal void Begin()
    {
        foreach (var account in Accounts.Values)
        {
            account.CreateUser(new NewUser(Boss, "Boss", new UserState(UserType.Admin, true)), Person.Name);
            account.CreateUser(new NewUser("dora@acme.test", "Dora", new UserState(UserType.Admin, true)), Person.Name);
        }

        Manifests.CreateAll(Server, Draw);
        StartOperator();
        Watch(new Person(this).RunAsync());
        foreach (var name in Manifests.TokenNames)
        {
            Watch(new IdentityProvider(this, name).RunAsync());
        }
    }

    /// <summary>Ends the operator's process; another one starts after a while, or at once where a replica stood by.</summary>
    internal void Crash()
    {
        Log.Add($"{Operator.Process.Name} is killed");
        Operator.Process.End();
    }

    /// <summary>A bug of the simulation itself must not pass for silence.</summary>
    internal void Watch(Task task) => task.ContinueWith(
        t => Observer.Found($"the simulation itself failed: {t.Exception!.InnerException}"),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Another replica takes over while the old leader, which does not know yet, goes on: at most until its renew deadline.</summary>
    internal void LoseLease()
    {
        var old = Operator.Process;
        if (!old.IsAlive)
        {
            return;
        }

        Log.Add($"{old.Name} has lost the lease");
        StartOperator();
        var until = Faults.Between(0, 10);
        TwoLeadersUntil = Time.GetUtcNow() + until;
        Scheduler.After(until, old.End);
    }

    private void StartOperator()
    {
        var started = SimulatedOperator.Start(this, $"op{++starts}");
        Operator = started;
        started.Process.Ended += () =>
        {
            Log.Add($"{started.Process.Name} has ended");
            if (Operator == started)
            {
                Scheduler.After(Faults.Random.Next(2) == 0 ? Faults.Between(0, 1) : Faults.Between(1, 20), StartOperator);
            }
        };
    }

    /// <summary>Deletes Secrets whose owners are gone, also those that were made after that.</summary>
    private void CollectGarbage(Change change)
    {
        if ((change.Gone && change.New.Plural == "scimtokens") || (change.Old is null && change.New.Plural == "secrets"))
        {
            Scheduler.After(Faults.Between(0.1, 8), () =>
            {
                var owners = Server.List("scimtokens").Select(t => t.Uid).ToHashSet(StringComparer.Ordinal);
                foreach (var orphan in Server.List("secrets").Where(s => s.Owners.Any() && !s.Owners.Any(owners.Contains)))
                {
                    Server.Delete("secrets", orphan.Key, orphan.Uid, "garbage collector");
                }
            });
        }
    }
}
