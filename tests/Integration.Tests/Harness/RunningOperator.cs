using System.Net;
using Microsoft.Extensions.Logging;
using ScimOperator.ControlPlanes;
using ScimOperator.Crds;
using ScimOperator.Operator;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>The operator in this process, as its own ServiceAccount.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CapturedLogs logs = new();
    private readonly ILoggerFactory loggers;
    private readonly KubeClient client;
    private readonly Installation installation;
    private readonly bool withWebhooks;
    private readonly Task<int> run;

    private RunningOperator(Installation installation, OperatorOptions options)
    {
        this.installation = installation;
        withWebhooks = options.WebhookPort != 0;
        loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        client = KubeClientFactory.Create(options.Kubeconfig, WellKnown.FieldManager, TimeProvider.System, loggers);
        var host = Composition.Build(options, client, TimeProvider.System, loggers);
        run = Task.Run(() => host.RunAsync(stop.Token));
    }

    /// <summary>All it has logged, at every level.</summary>
    internal string Logs => logs.Text;

    /// <summary>The exit code, once it has ended by itself.</summary>
    internal Task<int> Ends => run;

    internal static async Task<RunningOperator> StartAsync(Installation installation, bool webhooks = true, bool leaderElect = true, string? kubeconfig = null)
    {
        var options = new OperatorOptions
        {
            Kubeconfig = kubeconfig ?? installation.KubeconfigPath,
            Namespace = Installation.Namespace,
            PodName = "operator-in-test",
            BindAddress = "127.0.0.1",
            WebhookPort = webhooks ? LoopbackPort.FindFree() : 0,
            MetricsPort = 0,
            HealthPort = LoopbackPort.FindFree(),
            LeaderElect = leaderElect,
            WebhookHosts = ["127.0.0.1"],
            CallTimeout = TimeSpan.FromSeconds(5),
            AdmissionPatience = TimeSpan.FromSeconds(3),
        };
        if (webhooks)
        {
            await installation.ApplyWebhooksAsync(options.WebhookPort);
        }

        var started = new RunningOperator(installation, options);
        await started.WaitUntilReadyAsync(options.HealthPort);
        if (webhooks)
        {
            await installation.WaitForWebhooksAsync();
        }

        return started;
    }

    /// <summary>Stops it as SIGTERM does, and returns its exit code.</summary>
    internal async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        loggers.Dispose();
        logs.Dispose();
        stop.Dispose();
        if (withWebhooks)
        {
            await installation.RemoveWebhooksAsync();
        }
    }

    private async Task WaitUntilReadyAsync(int healthPort)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{healthPort}") };
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(run.IsCompleted, $"The operator ended.\n{Logs}");
            try
            {
                var answer = await Answer.OfAsync(http.GetAsync("/readyz"));
                return answer.Status == HttpStatusCode.OK ? null : answer.Text;
            }
            catch (HttpRequestException exception)
            {
                return exception.Message;
            }
        }, "the operator is ready");
    }
}
