using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Admission;

public sealed class ServingCertificateTests
{
    private const string HookPath = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/hook";

    // TLS clients check validity by the real clock; the fake one starts there.
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly MemoryApi api = new();
    private readonly RecordingLogger log = new();
    private readonly ServingCertificateOptions options = new() { Secret = new ObjectKey("ns", "cert"), DnsNames = ["localhost"] };

    [Fact]
    public async Task Replicas_share_one_authority_though_they_start_at_the_same_time()
    {
        var both = new TaskCompletionSource();
        var creates = 0;
        api.Before = async (request, _) =>
        {
            if (request.StartsWith("create", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref creates) == 2)
                {
                    both.SetResult();
                }

                await both.Task;
            }
        };
        await using var a = new WebhookServer(api, time, log);
        await using var b = new WebhookServer(api, time, log);
        await Eventually.HoldsAsync(
            time, TimeSpan.FromMilliseconds(100), () => a.Certificate.Current is not null && b.Certificate.Current is not null, "both have a certificate");
        Assert.Equal(a.Certificate.TrustedPem!.Value.ToArray(), b.Certificate.TrustedPem!.Value.ToArray());
        var bundle = a.Certificate.TrustedPem.Value.ToArray();
        Assert.Equal(await a.HandshakeAsync(bundle), await b.HandshakeAsync(bundle));
    }

    [Fact]
    public async Task The_bundle_is_put_into_webhook_configurations_and_put_back_when_someone_empties_it()
    {
        PutHook();
        await using var server = new WebhookServer(api, time, log);
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => Bundle(0) is not null, "the bundle is there");
        Assert.Equal(Bundle(0), Bundle(1));
        await server.HandshakeAsync(Bundle(0)!);
        var patches = api.Requests.Count(r => r.StartsWith("patch " + HookPath, StringComparison.Ordinal));
        PutHook();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(10), () => Bundle(0) is not null, "the bundle is back");
        time.Advance(TimeSpan.FromMinutes(2));
        await Task.Yield();
        Assert.Equal(patches + 1, api.Requests.Count(r => r.StartsWith("patch " + HookPath, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_right_to_patch_configurations_it_says_so_and_serves()
    {
        PutHook();
        api.Before = (request, _) => request.Contains("webhookconfigurations", StringComparison.Ordinal)
            ? throw MemoryApi.Error(HttpStatusCode.Forbidden, "Forbidden")
            : Task.CompletedTask;
        await using var server = new WebhookServer(api, time, log);
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => log.Contains("CA bundle of ValidatingWebhookConfiguration hook could not be checked"), "a log line");
        using var response = await server.PostAsync(WebhookServer.Review());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_the_trusted_authority_stays()
    {
        // Two thirds of its life are over, but it is still valid by the real clock.
        var young = time.GetUtcNow() - TimeSpan.FromDays(61);
        var before = CertificateBundle.Create(options, young);
        PutSecret(before);
        await using var server = new WebhookServer(api, time, log);
        await Eventually.WithinAsync(server.Certificate.WaitAsync(CancellationToken.None));
        var shown = await server.HandshakeAsync(before.TrustedPem);
        Assert.NotEqual(before.Serving.SerialNumber, shown);
        Assert.Equal(before.TrustedPem, server.Certificate.TrustedPem!.Value.ToArray());

        // Another replica renews: this one takes it over at its next look.
        Assert.True(CertificateBundle.TryRead(Data(), out var held));
        PutSecret(held with { Serving = CertificateIssuer.CreateServing(held.Ca, options, time.GetUtcNow()) });
        await Eventually.HoldsAsync(time, TimeSpan.FromMinutes(1), () => server.Certificate.Current!.TargetCertificate.SerialNumber != shown, "the swap");
        Assert.NotEqual(shown, await server.HandshakeAsync(before.TrustedPem));
    }

    [Fact]
    public void A_new_authority_is_trusted_beside_the_old_one_before_it_signs_what_is_shown()
    {
        var now = time.GetUtcNow();
        var held = CertificateBundle.Create(options, now - TimeSpan.FromDays(3650 * 0.7));
        held = held with { Serving = CertificateIssuer.CreateServing(held.Ca, options, now - TimeSpan.FromDays(70)) };
        var first = held.Renewed(options, now, out _)!;
        Assert.Equal(2, first.Trusted.Count);
        Assert.Equal(held.Serving.SerialNumber, first.Serving.SerialNumber);
        Assert.True(Verifies(first.Serving, held.Trusted, now));
        var second = first.Renewed(options, now, out _)!;
        Assert.Equal(2, second.Trusted.Count);
        Assert.True(Verifies(second.Serving, first.Trusted, now));
        Assert.False(Verifies(second.Serving, held.Trusted, now));
        Assert.Null(second.Renewed(options, now, out _));
    }

    [Fact]
    public void What_is_written_into_the_secret_is_read_back()
    {
        var made = CertificateBundle.Create(options, time.GetUtcNow());
        Assert.True(CertificateBundle.TryRead(made.Write(), out var read));
        Assert.Equal(made.Serving.SerialNumber, read.Serving.SerialNumber);
        Assert.Null(read.Renewed(options, time.GetUtcNow(), out _));
    }

    [Fact]
    public void Other_names_need_another_certificate_of_the_same_authority()
    {
        var made = CertificateBundle.Create(options, time.GetUtcNow());
        var renewed = made.Renewed(options with { DnsNames = ["localhost", "other.svc"] }, time.GetUtcNow(), out _);
        Assert.True(renewed!.Serving.MatchesHostname("other.svc"));
        Assert.Equal(made.TrustedPem, renewed.TrustedPem);
    }

    [Theory]
    [InlineData("tls.key", null)]
    [InlineData("ca.crt", "garbage")]
    [InlineData("tls.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_secret_that_holds_nonsense_is_filled_anew(string entry, string? value)
    {
        var data = CertificateBundle.Create(options, time.GetUtcNow()).Write();
        data.Remove(entry);
        if (value is not null)
        {
            data[entry] = Encoding.ASCII.GetBytes(value);
        }

        PutSecret(data);
        await using var server = new WebhookServer(api, time, log);
        await Eventually.WithinAsync(server.Certificate.WaitAsync(CancellationToken.None));
        Assert.True(CertificateBundle.TryRead(Data(), out _));
    }

    [Fact]
    public async Task Files_are_read_again_when_they_change_and_a_mismatch_keeps_the_one_in_use()
    {
        var folder = Directory.CreateTempSubdirectory();
        var (crt, key) = (Path.Combine(folder.FullName, "tls.crt"), Path.Combine(folder.FullName, "tls.key"));
        var first = CertificateBundle.Create(options, time.GetUtcNow()).Write();
        var second = CertificateBundle.Create(options, time.GetUtcNow()).Write();
        await File.WriteAllBytesAsync(crt, first["tls.crt"]);
        await File.WriteAllBytesAsync(key, first["tls.key"]);
        using var stop = new CancellationTokenSource();
        var files = new FileServingCertificate(crt, key, time, log);
        var running = files.RunAsync(stop.Token);
        await Eventually.WithinAsync(files.WaitAsync(CancellationToken.None));
        var serial = files.Current!.TargetCertificate.SerialNumber;
        await File.WriteAllBytesAsync(crt, second["tls.crt"]);
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(11), () => log.Contains("could not be brought up to date"), "the mismatch is seen");
        Assert.Equal(serial, files.Current.TargetCertificate.SerialNumber);
        await File.WriteAllBytesAsync(key, second["tls.key"]);
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(11), () => files.Current.TargetCertificate.SerialNumber != serial, "the swap");
        await stop.CancelAsync();
        await running;
        folder.Delete(true);
    }

    private static bool Verifies(X509Certificate2 certificate, X509Certificate2Collection trusted, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        return chain.Build(certificate);
    }

    private void PutSecret(CertificateBundle bundle) => PutSecret(bundle.Write());

    private void PutSecret(Dictionary<string, byte[]> data)
    {
        var entries = new JsonObject(data.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, Convert.ToBase64String(d.Value))));
        api.Put(WebhookServer.SecretPath, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "cert", ["namespace"] = "ns" }, ["data"] = entries });
    }

    private Dictionary<string, byte[]> Data() =>
        api[WebhookServer.SecretPath]!["data"]!.AsObject().ToDictionary(d => d.Key, d => Convert.FromBase64String(d.Value!.GetValue<string>()));

    private void PutHook() => api.Put(HookPath, JsonNode.Parse(
        """{"metadata":{"name":"hook"},"webhooks":[{"name":"a","clientConfig":{"url":"https://x"}},{"name":"b","clientConfig":{"caBundle":"Cg=="}}]}""")!.AsObject());

    private byte[]? Bundle(int webhook)
    {
        var text = api[HookPath]!["webhooks"]![webhook]!["clientConfig"]!["caBundle"]?.GetValue<string>();
        return text is null or "Cg==" ? null : Convert.FromBase64String(text);
    }
}
