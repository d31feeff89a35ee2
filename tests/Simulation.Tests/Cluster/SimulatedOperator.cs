using ScimOperator.Crds;
using ScimOperator.Operator;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Admission;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Queueing;
using ScimOperator.Simulation.Tests.Backend;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>One run of the operator's process: the real parts, put together as the product's Composition does.</summary>
internal sealed class SimulatedOperator
{
    private const int Workers = 4;
    private readonly World world;
    private readonly Stores stores;

    private SimulatedOperator(World world, string name)
    {
        this.world = world;
        Process = new OperatorProcess(name);
        var client = world.Options.WrapClient(new SimulatedClient(world.Server, ClusterWire(), world.Log));
        var (accounts, users, tokens, secrets) = (Informer(ResourceTypes.Accounts), Informer(ResourceTypes.AccountUsers), Informer(ResourceTypes.ScimTokens), Secrets());
        stores = new Stores(accounts, users, tokens, secrets);
        var connector = new SimulatedConnector(client, Driver);
        Compose(client, connector);
        var live = new LiveUserFacts(stores, connector, world.Time, TimeSpan.FromSeconds(4));
        UserAdmission = new AccountUserAdmission(stores, live);
        TokenAdmission = new ScimTokenAdmission(stores, client);
        world.Watch(StartAsync([accounts.StartAsync(), users.StartAsync(), tokens.StartAsync(), secrets.StartAsync()]));
    }

    internal OperatorProcess Process { get; }

    internal AccountUserAdmission UserAdmission { get; }

    internal ScimTokenAdmission TokenAdmission { get; }

    private List<SimulatedController> Controllers { get; } = [];

    internal static SimulatedOperator Start(World world, string name)
    {
        world.Log.Add($"{name} starts");
        return new SimulatedOperator(world, name);
    }

    private async Task StartAsync(Task[] syncs)
    {
        await Task.WhenAll(syncs);
        await Process.LiveAsync();
        Controllers.ForEach(c => c.Start());
    }

    private Wire ClusterWire() => new(world.Scheduler, world.Faults, world.Log, Process, FaultPlan.Side.Cluster, FaultErrors.OfCluster);

    private SimulatedInformer<T> Informer<T>(ApiMachinery.ResourceType<T> type)
        where T : class, ApiMachinery.IKubernetesObject =>
        new(world.Server, type, o => o.Plural == type.Plural, world.Scheduler, world.Faults, Process);

    private SimulatedInformer<PublishedSecret> Secrets() => new(
        world.Server,
        SecretTypes.Published,
        o => o.Plural == "secrets" && o.Text("metadata", "labels", WellKnown.ManagedByLabel) == WellKnown.ManagedByValue,
        world.Scheduler,
        world.Faults,
        Process);

    private IAccountDriver Driver(Account account)
    {
        var backend = world.Accounts[account.Spec.Url];
        var wire = new Wire(world.Scheduler, world.Faults, world.Log, Process, FaultPlan.Side.Account, FaultErrors.OfAccount);
        var gate = new AccountGate(world.Time, new Random(world.Faults.Random.Next()), 50, 20);
        return world.Options.WrapDriver(new SimulatedDriver(backend, wire, gate, world.Faults, world.Log, World.Boss, world.Observer.NoteOmitted), world.Time);
    }

    private void Compose(Runtime.Client.IKubeClient client, IAccountConnector connector)
    {
        var sessions = new AccountSessions(world.Time);
        var events = new RecordedEvents(world.Log);
        var accountReconciler = new AccountReconciler(
            stores,
            sessions,
            connector,
            new FinalizerWriter<Account>(client, ResourceTypes.Accounts, stores.Accounts, WellKnown.AccountFinalizer),
            new StatusWriter<Account, AccountStatus>(
                client, ResourceTypes.Accounts, stores.Accounts, a => a.Status, s => s with { Conditions = ConditionSet.InOrder(s.Conditions) },
                CrdsJsonContext.Default.AccountStatus, OperatorJsonContext.Default.AccountStatusPatch),
            world.Time);
        var userStatus = new StatusWriter<AccountUser, AccountUserStatus>(
            client, ResourceTypes.AccountUsers, stores.Users, u => u.Status, s => s with { Conditions = ConditionSet.InOrder(s.Conditions) },
            CrdsJsonContext.Default.AccountUserStatus, OperatorJsonContext.Default.AccountUserStatusPatch);
        var userReconciler = new AccountUserReconciler(
            stores,
            sessions,
            new FinalizerWriter<AccountUser>(client, ResourceTypes.AccountUsers, stores.Users, WellKnown.AccountUserFinalizer),
            userStatus,
            events,
            world.Time);
        var publisher = new SecretPublisher(client, stores.Secrets, world.Time);
        var tokenStatus = new StatusWriter<ScimToken, ScimTokenStatus>(
            client, ResourceTypes.ScimTokens, stores.Tokens, t => t.Status, s => s with { Conditions = ConditionSet.InOrder(s.Conditions) },
            CrdsJsonContext.Default.ScimTokenStatus, OperatorJsonContext.Default.ScimTokenStatusPatch);
        var tokenReconciler = new ScimTokenReconciler(
            stores,
            sessions,
            new FinalizerWriter<ScimToken>(client, ResourceTypes.ScimTokens, stores.Tokens, WellKnown.ScimTokenFinalizer),
            tokenStatus,
            new TokenObserver(stores, publisher, new TokenOwnerResolver(stores), world.Time),
            new TokenActor(publisher, events),
            new ObservedTokens(client, new TokenOwnerResolver(stores), world.Time),
            new CutoverEvents(events),
            world.Time);

        var accounts = Controller("account", accountReconciler, TimeSpan.FromSeconds(30)).For(stores.Accounts, DeltaPredicates.NotStatusAlone);
        var users = Controller("accountuser", userReconciler, TimeSpan.FromMinutes(5)).For(stores.Users, d => DeltaPredicates.NotStatusAlone(d) || userStatus.IsForeign(d));
        var tokens = Controller("scimtoken", tokenReconciler, TimeSpan.FromMinutes(5))
            .For(stores.Tokens, d => DeltaPredicates.NotStatusAlone(d) || tokenStatus.IsForeign(d))
            .Watches(stores.Secrets, Owners);
        new Wakeups(stores, sessions, accounts.EnqueueAfter, users.EnqueueAfter, tokens.EnqueueAfter).Connect(accountReconciler);
    }

    private static IEnumerable<ApiMachinery.ObjectKey> Owners(PublishedSecret secret) =>
        ApiMachinery.KubernetesObjectExtensions.ControllerReference(secret) is { Kind: nameof(ScimToken) } owner ? [Indexes.Sibling(secret, owner.Name)] : [];

    private SimulatedController Controller(string name, IReconciler reconciler, TimeSpan mostBackoff)
    {
        var options = new WorkQueueOptions { MaxBackoff = mostBackoff, Random = new Random(world.Faults.Random.Next()) };
        var controller = new SimulatedController(name, reconciler, options, Workers, world.Scheduler, world.Log, Process, world.Watch);
        Controllers.Add(controller);
        return controller;
    }
}
