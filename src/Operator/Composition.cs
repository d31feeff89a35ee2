using System.Net;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Admission;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Events;
using ScimOperator.Runtime.Hosting;
using ScimOperator.Runtime.LeaderElection;
using ScimOperator.Runtime.Queueing;

namespace ScimOperator.Operator;

/// <summary>Puts the operator together: every part is named here, none is found by reflection.</summary>
public static class Composition
{
    private const string Mutating = "scim-operator-mutating";
    private const string Validating = "scim-operator-validating";
    private const string PathSuffix = "scim-operator-io-v1alpha1";

    /// <summary>Builds a host that is ready to run.</summary>
    public static OperatorHost Build(OperatorOptions options, KubeClient client, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(client);
        var ns = options.Namespace ?? client.Namespace ?? "scim-operator-system";
        var pod = options.PodName ?? Environment.GetEnvironmentVariable("POD_NAME") ?? Dns.GetHostName();
        var host = new OperatorHost(
            new OperatorHostOptions
            {
                Address = options.BindAddress is { } address ? IPAddress.Parse(address) : IPAddress.Any,
                WebhookPort = Port(options.WebhookPort),
                MetricsPort = Port(options.MetricsPort),
                HealthPort = Port(options.HealthPort),
                LeaderElection = options.LeaderElect ? Election(options, ns, pod) : null,
            },
            client,
            time,
            loggers);
        var stores = new Stores(
            host.AddInformer(ResourceTypes.Accounts, new InformerOptions<Account>()),
            host.AddInformer(ResourceTypes.AccountUsers, new InformerOptions<AccountUser>()),
            host.AddInformer(ResourceTypes.ScimTokens, new InformerOptions<ScimToken>()),
            host.AddInformer(SecretTypes.Published, new InformerOptions<PublishedSecret> { LabelSelector = $"{WellKnown.ManagedByLabel}={WellKnown.ManagedByValue}" }));
        var events = new EventRecorder(client, new EventRecorderOptions { Controller = "scim-operator.io/operator", Instance = pod }, time, loggers);
        host.AddBackground(events);
        var connector = new AccountConnector(client, time, options.CallTimeout);
        AddControllers(host, options, client, stores, connector, events, time, loggers);
        if (options.WebhookPort != 0)
        {
            AddAdmission(host, options, ns, client, stores, connector, time, loggers);
        }

        return host;
    }

    private static LeaderElectionOptions Election(OperatorOptions options, string ns, string pod) => new()
    {
        Lease = new ObjectKey(ns, "scim-operator"),
        Identity = $"{pod}_{Guid.NewGuid():N}",
        LeaseDuration = options.LeaderElectLeaseDuration,
        RenewDeadline = options.LeaderElectRenewDeadline,
        RetryPeriod = options.LeaderElectRetryPeriod,
    };

    private static void AddControllers(
        OperatorHost host, OperatorOptions options, KubeClient client, Stores stores, AccountConnector connector, EventRecorder events, TimeProvider time, ILoggerFactory loggers)
    {
        var sessions = new AccountSessions(time);
        var accountReconciler = new AccountReconciler(
            stores,
            sessions,
            connector,
            new FinalizerWriter<Account>(client, ResourceTypes.Accounts, stores.Accounts, WellKnown.AccountFinalizer),
            new StatusWriter<Account, AccountStatus>(
                client, ResourceTypes.Accounts, stores.Accounts, a => a.Status, InOrder, CrdsJsonContext.Default.AccountStatus, OperatorJsonContext.Default.AccountStatusPatch),
            time);
        var userStatus = new StatusWriter<AccountUser, AccountUserStatus>(
            client, ResourceTypes.AccountUsers, stores.Users, u => u.Status, InOrder, CrdsJsonContext.Default.AccountUserStatus, OperatorJsonContext.Default.AccountUserStatusPatch);
        var userReconciler = new AccountUserReconciler(
            stores,
            sessions,
            new FinalizerWriter<AccountUser>(client, ResourceTypes.AccountUsers, stores.Users, WellKnown.AccountUserFinalizer),
            userStatus,
            events,
            time);
        var publisher = new SecretPublisher(client, stores.Secrets, time);
        var tokenStatus = new StatusWriter<ScimToken, ScimTokenStatus>(
            client, ResourceTypes.ScimTokens, stores.Tokens, t => t.Status, InOrder, CrdsJsonContext.Default.ScimTokenStatus, OperatorJsonContext.Default.ScimTokenStatusPatch);
        var tokenReconciler = new ScimTokenReconciler(
            stores,
            sessions,
            new FinalizerWriter<ScimToken>(client, ResourceTypes.ScimTokens, stores.Tokens, WellKnown.ScimTokenFinalizer),
            tokenStatus,
            new TokenObserver(stores, publisher, new TokenOwnerResolver(stores), time),
            new TokenActor(publisher, events),
            new ObservedTokens(client, new TokenOwnerResolver(stores), time),
            new CutoverEvents(events),
            time);

        var accounts = new Controller("account", accountReconciler, new ControllerOptions { Workers = 4, Queue = new WorkQueueOptions { MaxBackoff = TimeSpan.FromSeconds(30) } }, time, loggers)
            .For(stores.Accounts, DeltaPredicates.NotStatusAlone);
        var users = new Controller("accountuser", userReconciler, new ControllerOptions { Workers = options.Workers }, time, loggers)
            .For(stores.Users, d => DeltaPredicates.NotStatusAlone(d) || userStatus.IsForeign(d));
        var tokens = new Controller("scimtoken", tokenReconciler, new ControllerOptions { Workers = options.Workers }, time, loggers)
            .For(stores.Tokens, d => DeltaPredicates.NotStatusAlone(d) || tokenStatus.IsForeign(d))
            .Watches(stores.Secrets, Owners);
        new Wakeups(stores, sessions, accounts.EnqueueAfter, users.EnqueueAfter, tokens.EnqueueAfter).Connect(accountReconciler);
        host.AddController(accounts);
        host.AddController(users);
        host.AddController(tokens);
    }

    private static AccountStatus InOrder(AccountStatus status) => status with { Conditions = ConditionSet.InOrder(status.Conditions) };

    private static AccountUserStatus InOrder(AccountUserStatus status) => status with { Conditions = ConditionSet.InOrder(status.Conditions) };

    private static ScimTokenStatus InOrder(ScimTokenStatus status) => status with { Conditions = ConditionSet.InOrder(status.Conditions) };

    private static IEnumerable<ObjectKey> Owners(PublishedSecret secret) =>
        secret.ControllerReference() is { Kind: nameof(ScimToken) } owner ? [Indexes.Sibling(secret, owner.Name)] : [];

    private static void AddAdmission(
        OperatorHost host, OperatorOptions options, string ns, KubeClient client, Stores stores, AccountConnector connector, TimeProvider time, ILoggerFactory loggers)
    {
        var live = new LiveUserFacts(stores, connector, time, options.AdmissionPatience);
        MapAdmission(host.Admission, stores, live, client);
        if (options.WebhookCertDir is { } folder)
        {
            host.UseCertificate(new FileServingCertificate(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), time, loggers));
            return;
        }

        var certificate = new SecretServingCertificate(client, CertificateOptions(options, ns), time, loggers);
        host.UseCertificate(certificate);
        host.AddBackground(new WebhookBundleInjector(
            client, certificate, new WebhookBundleOptions { Validating = [Validating], Mutating = [Mutating] }, time, loggers));
    }

    /// <summary>The webhooks' paths, which config/webhook names.</summary>
    internal static void MapAdmission(AdmissionRoutes routes, Stores stores, LiveUserFacts live, IKubeClient client)
    {
        routes.MapValidating($"/validate-{PathSuffix}-account", ResourceTypes.Accounts, new AccountAdmission(stores));
        routes.MapValidating($"/validate-{PathSuffix}-accountuser", ResourceTypes.AccountUsers, new AccountUserAdmission(stores, live));
        routes.MapValidating($"/validate-{PathSuffix}-scimtoken", ResourceTypes.ScimTokens, new ScimTokenAdmission(stores, client));
        MapFinalizer(routes, "account", "Account", "accounts", WellKnown.AccountFinalizer);
        MapFinalizer(routes, "accountuser", "AccountUser", "accountusers", WellKnown.AccountUserFinalizer);
        MapFinalizer(routes, "scimtoken", "ScimToken", "scimtokens", WellKnown.ScimTokenFinalizer);
    }

    private static void MapFinalizer(AdmissionRoutes routes, string path, string kind, string plural, string finalizer) => routes.MapMutating(
        $"/mutate-{PathSuffix}-{path}",
        PartialObjects.Type(GroupVersion.Group, GroupVersion.Version, kind, plural),
        new FinalizerAdmission(finalizer));

    private static ServingCertificateOptions CertificateOptions(OperatorOptions options, string ns)
    {
        var service = options.WebhookService;
        var addresses = options.WebhookHosts.Where(h => IPAddress.TryParse(h, out _)).Select(IPAddress.Parse).ToList();
        return new ServingCertificateOptions
        {
            Secret = new ObjectKey(ns, options.WebhookCertSecret),
            DnsNames = [$"{service}.{ns}.svc", $"{service}.{ns}.svc.cluster.local", .. options.WebhookHosts.Where(h => !IPAddress.TryParse(h, out _))],
            IpAddresses = addresses,
        };
    }

    private static int? Port(int port) => port == 0 ? null : port;
}
