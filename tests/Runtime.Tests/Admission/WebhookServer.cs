using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Hosting;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Admission;

/// <summary>A whole host with one webhook over HTTPS, its certificate from a Secret in a memory API.</summary>
public sealed class WebhookServer : IAsyncDisposable
{
    public const string SecretPath = "/api/v1/namespaces/ns/secrets/cert";
    private readonly CancellationTokenSource stop = new();
    private readonly OperatorHost host;
    private readonly Task<int> running;

    public WebhookServer(MemoryApi api, FakeTimeProvider time, RecordingLogger log, AdmissionOptions? options = null)
    {
        Certificate = new SecretServingCertificate(
            api,
            new ServingCertificateOptions { Secret = new ObjectKey("ns", "cert"), DnsNames = ["localhost"], IpAddresses = [IPAddress.Loopback] },
            time,
            log);
        host = new OperatorHost(
            new OperatorHostOptions { Address = IPAddress.Loopback, WebhookPort = 0, MetricsPort = 0, HealthPort = 0, Admission = options ?? new AdmissionOptions() },
            api,
            time,
            log);
        host.UseCertificate(Certificate);
        host.AddBackground(new WebhookBundleInjector(api, Certificate, new WebhookBundleOptions { Validating = ["hook"] }, time, log));
        host.Admission.MapValidating("/validate", Widget.Type, new DelegateHandler<Widget>(r => Judge(r)));
        host.Admission.MapMutating("/mutate", PartialObjects.Type("example.com", "v1", "Widget", "widgets"), new DelegateHandler<PartialObject>(r => Mutate(r)));
        running = host.RunAsync(stop.Token);
    }

    public SecretServingCertificate Certificate { get; }

    public Func<AdmissionRequest<Widget>, ValueTask<AdmissionVerdict>> Judge { get; set; } = _ => ValueTask.FromResult(AdmissionVerdict.Allow);

    public Func<AdmissionRequest<PartialObject>, ValueTask<AdmissionVerdict>> Mutate { get; set; } = _ => ValueTask.FromResult(AdmissionVerdict.Allow);

    public async Task<HttpResponseMessage> GetAsync(bool metrics, string path)
    {
        await Eventually.WithinAsync(host.Started);
        using var http = new HttpClient();
        return await http.GetAsync(new Uri($"http://127.0.0.1:{(metrics ? host.MetricsPort : host.HealthPort)}{path}"));
    }

    public Task<HttpResponseMessage> PostAsync(string body, string path = "/validate", string? contentType = "application/json") =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), path, contentType);

    public async Task<HttpResponseMessage> PostAsync(HttpContent content, string path = "/validate", string? contentType = "application/json")
    {
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        await Eventually.WithinAsync(Certificate.WaitAsync(CancellationToken.None));
        using var http = Http();
        return await http.PostAsync(new Uri($"https://localhost:{host.WebhookPort}{path}"), content);
    }

    /// <summary>The serving certificate a new connection is shown, checked against the bundle of the API server's webhook configuration.</summary>
    public async Task<string> HandshakeAsync(byte[] caBundle)
    {
        await Eventually.WithinAsync(host.Started);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.WebhookPort);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = Policy(caBundle) });
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    public static string Review(
        string uid = "u1", string operation = "CREATE", string? obj = """{"metadata":{"name":"a","namespace":"ns"},"size":3}""", string? old = null, string kind = "Widget", string more = "") =>
        $$"""
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"{{uid}}","kind":{"group":"example.com","version":"v1","kind":"{{kind}}"},
        "resource":{"group":"example.com","version":"v1","resource":"widgets"},"name":"a","namespace":"ns","operation":"{{operation}}",
        "userInfo":{"username":"carol","groups":["g"],"extra":{"x":["y"]} },"object":{{obj ?? "null"}},"oldObject":{{old ?? "null"}},"dryRun":true,"options":null{{more}} } }
        """;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Eventually.WithinAsync(running);
        await host.DisposeAsync();
        stop.Dispose();
    }

    private static X509ChainPolicy Policy(byte[] pem)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTimeIgnored = false };
        policy.CustomTrustStore.ImportFromPem(Encoding.ASCII.GetString(pem));
        return policy;
    }

    private HttpClient Http() => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(Certificate.TrustedPem!.Value.ToArray()) },
    });

    private sealed class DelegateHandler<T>(Func<AdmissionRequest<T>, ValueTask<AdmissionVerdict>> judge) : IAdmissionHandler<T>
        where T : class, IKubernetesObject
    {
        public ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<T> request, CancellationToken cancellationToken) => judge(request);
    }
}
