using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Prometheus;
using ScimOperator.Runtime.Admission;

namespace ScimOperator.Runtime.Hosting;

/// <summary>
/// One Kestrel for all ports: probes, metrics and webhooks. The bare builder without router, configuration or static files
/// starts in a few milliseconds. Webhook connections wait for the first certificate.
/// </summary>
internal sealed class EndpointServer(
    OperatorHostOptions options, AdmissionRoutes admission, HealthChecks health, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private readonly List<EndpointRole> roles = [];
    private IServingCertificate? certificate;
    private WebApplication? app;

    /// <summary>The certificate webhook connections are served with.</summary>
    public IServingCertificate? Certificate
    {
        get => certificate;
        set => certificate = value;
    }

    /// <summary>Bound port of a role; 0 when it is off.</summary>
    public int Port(EndpointRole role)
    {
        var at = roles.IndexOf(role);
        var addresses = app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        return at < 0 || addresses is null ? 0 : new Uri(addresses.ElementAt(at)).Port;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ProcessMetrics.Enable();
        if (options.HealthPort is null && options.MetricsPort is null && (options.WebhookPort is null || admission.Count == 0))
        {
            // Told of no address, Kestrel would open one of its own choice.
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new WarningsOnlyLoggerFactory(loggers));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        app = builder.Build();
        app.Run(DispatchAsync);
        await app.StartAsync(cancellationToken);
    }

    /// <summary>Closes the ports once the requests under way are answered, at the deadline in any case.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref app, null) is not { } running)
        {
            return;
        }

        await using (running)
        {
            using var deadline = new CancellationTokenSource(options.StopDeadline, time);
            await running.StopAsync(deadline.Token);
        }
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Admission.MaxBodyBytes;
        Listen(kestrel, options.HealthPort, EndpointRole.Health);
        Listen(kestrel, options.MetricsPort, EndpointRole.Metrics);
        Listen(kestrel, admission.Count > 0 ? options.WebhookPort : null, EndpointRole.Webhooks);
    }

    private void Listen(KestrelServerOptions kestrel, int? port, EndpointRole role)
    {
        if (port is not { } number)
        {
            return;
        }

        roles.Add(role);
        if (options.Address.Equals(IPAddress.IPv6Any))
        {
            // Falls back to IPv4 where the machine has no IPv6.
            kestrel.ListenAnyIP(number, listen => Serve(listen, role));
        }
        else
        {
            kestrel.Listen(options.Address, number, listen => Serve(listen, role));
        }
    }

    private void Serve(ListenOptions listen, EndpointRole role)
    {
        listen.Use(next => connection =>
        {
            connection.Features.Set(role);
            return next(connection);
        });
        if (role == EndpointRole.Webhooks)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = HandshakeAsync });
        }
    }

    private async ValueTask<SslServerAuthenticationOptions> HandshakeAsync(TlsHandshakeCallbackContext context)
    {
        var source = certificate ?? throw new AuthenticationException("the webhook server has no certificate configured");
        if (source.Current is null)
        {
            await source.WaitAsync(context.CancellationToken);
        }

        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = source.Current,
            ApplicationProtocols = Protocols,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }

    private Task DispatchAsync(HttpContext context)
    {
        var role = context.Features.Get<EndpointRole>();
        if (role == EndpointRole.Webhooks)
        {
            return admission.HandleAsync(context);
        }

        return role == EndpointRole.Health ? health.HandleAsync(context) : MetricsAsync(context);
    }

    private static async Task MetricsAsync(HttpContext context)
    {
        if (context.Request.Path.Value != "/metrics")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await Metrics.DefaultRegistry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }
}
