using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;
using ScimOperator.Backend.Scim;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Hosting;

/// <summary>The running backend: store, background work and web server, started and stopped together.</summary>
internal sealed class BackendHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly SqlStore store;
    private readonly LastUseRecorder? lastUse;

    private BackendHost(WebApplication app, SqlStore store, LastUseRecorder? lastUse)
    {
        this.app = app;
        this.store = store;
        this.lastUse = lastUse;
    }

    /// <summary>Where it listens, with the port that was really taken.</summary>
    public Uri Url => new(app.Urls.First());

    /// <summary>Every route it answers; the API's description is held against these.</summary>
    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    /// <exception cref="OptionsException">An option does not fit the data, the files or the machine.</exception>
    /// <exception cref="StoreUnavailableException">The database can't be used.</exception>
    /// <exception cref="IOException">The address can't be listened on.</exception>
    public static async Task<BackendHost> StartAsync(BackendOptions options, TimeProvider time, CancellationToken stop = default)
    {
        var credential = CredentialFile.HashOf(options.CredentialFile);
        var app = Build(options);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Backend");
        var store = StoreOpening.Open(options, time.GetUtcNow());
        var lastUse = options.LastUse ? new LastUseRecorder(store, time, e => Log.LastUseNotWritten(logger, e)) : null;
        var host = new BackendHost(app, store, lastUse);
        try
        {
            var admin = await OpenAccountAsync(store, options, time, logger);
            Map(app, new BackendServices
            {
                Options = options,
                Store = store,
                Time = time,
                Logger = logger,
                CredentialHash = credential,
                CredentialAdminId = admin?.Id,
                LastUse = lastUse,
                Limiter = options.RateLimit is { } rate ? new RateLimiter(rate, time) : null,
                CredentialLimiter = options.CredentialRateLimit is { } limit ? new RateLimiter(limit, time) : null,
            });
            await ListenAsync(app, options, stop);
            WriteReadyFile(options, host.Url);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes after SIGTERM or SIGINT, when the requests under way have been answered.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (lastUse is not null)
        {
            await lastUse.DisposeAsync();
        }

        await store.DisposeAsync();
    }

    private static WebApplication Build(BackendOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // It logs a failed start with its stack; Program tells that failure in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = Certificate(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestPipeline.MaxBodyBytes;
            kestrel.Listen(options.Listen, listen => Secure(listen, certificate));
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder.Build();
    }

    private static async Task ListenAsync(WebApplication app, BackendOptions options, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new IOException($"Can't listen on {options.Listen} ({e.Message.TrimEnd('.')}): choose another address or port with --listen.", e);
        }
    }

    private static void Secure(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private static X509Certificate2? Certificate(BackendOptions options)
    {
        if (options.TlsCert is null)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(options.TlsCert, options.TlsKey);
        }
        catch (CryptographicException e)
        {
            throw new OptionsException($"The certificate {options.TlsCert} with key {options.TlsKey} can't be used: {e.Message}");
        }
    }

    private static async Task<UserRecord?> OpenAccountAsync(SqlStore store, BackendOptions options, TimeProvider time, ILogger logger)
    {
        var (isNew, account, admin) = await store.WriteAsync(session =>
        {
            var created = AccountSetup.Apply(session, options, time.GetUtcNow());
            return (created, session.Account.Get(), AccountSetup.CredentialAdmin(session, options));
        });
        Log.AccountOpened(logger, account.Name, account.Plan, isNew);
        if (admin is { IsActiveAdmin: false })
        {
            Log.CredentialAdminInactive(logger, admin.Id);
        }

        return admin;
    }

    private static void Map(WebApplication app, BackendServices services)
    {
        new RequestPipeline(services).Use(app);
        app.UseRouting();
        app.MapGet("/healthz", (RequestDelegate)HealthAsync);
        var admin = new AdminGate(services);
        new AccountEndpoint(services).Map(app, admin);
        new UserEndpoints(services).Map(app, admin);
        new TokenEndpoints(services).Map(app, admin);
        new AuditEndpoint(services).Map(app, admin);
        new OpenApiEndpoint().Map(app);
        new ScimService(services).Map(app, new ScimGate(services));

        Task HealthAsync(HttpContext context) => HealthEndpoint.AnswerAsync(context, services);
    }

    // Written beside and renamed: who sees the file sees the whole URL.
    private static void WriteReadyFile(BackendOptions options, Uri url)
    {
        if (options.ReadyFile is { } path)
        {
            var partial = path + ".partial";
            File.WriteAllText(partial, url.GetLeftPart(UriPartial.Authority) + "\n");
            File.Move(partial, path, overwrite: true);
        }
    }
}
