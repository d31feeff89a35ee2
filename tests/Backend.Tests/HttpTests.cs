using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScimOperator.Backend.Tests;

public sealed class HttpTests
{
    [SkippableTheory]
    [EveryStore(null)]
    [EveryStore("wrong")]
    [EveryStore("scimadm_0000000000000000000000000000000000000000000")]
    public async Task The_admin_api_needs_its_credential(StoreKind kind, string? credential)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var client = backend.Client(credential);
        foreach (var path in (string[])["/api/v1/account", "/api/v1/users", "/api/v1/scim-tokens", "/api/v1/audit-events", "/api/v1/users/x", "/api/v1/scim-tokens/x"])
        {
            var reply = (await TestBackend.SendAsync(client, HttpMethod.Get, path)).Expect(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_scim_token_is_no_credential_for_the_admin_api(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/api/v1/account")).Expect(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Health_needs_no_credential(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var reply = await TestBackend.SendAsync(backend.Client(null), HttpMethod.Get, "/healthz");
        Assert.Equal("ok\n", reply.Expect(HttpStatusCode.OK).Text);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Unknown_routes_and_methods_are_problems_too(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        (await backend.GetAsync("/api/v1/nothing")).Expect(HttpStatusCode.NotFound, "not_found");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/users");
        using var response = await backend.Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [SkippableTheory]
    [EveryStore("/api/v1/users", true)]
    [EveryStore("/api/v1/users", false)]
    [EveryStore("/scim/v2/Users", true)]
    [EveryStore("/scim/v2/Users", false)]
    public async Task A_body_beyond_the_limit_is_refused_whether_announced_or_not(StoreKind kind, string path, bool announced)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var client = path.StartsWith("/scim", StringComparison.Ordinal) ? await backend.ScimAsync() : backend.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{\"email\":\"" + new string('x', 2 << 20)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !announced;
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_body_nested_too_deep_is_refused_at_both_doors(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var deep = "{\"displayName\":" + string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100)) + "}";
        (await backend.PatchAsync("/api/v1/users/" + await backend.AliceAsync(), deep)).Expect(HttpStatusCode.BadRequest, "invalid_request");
        (await TestBackend.SendAsync(await backend.ScimAsync(), HttpMethod.Post, "/scim/v2/Users", deep)).Expect(HttpStatusCode.BadRequest);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_body_of_another_kind_is_refused(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Post, "/api/v1/users", "email=x", "application/x-www-form-urlencoded"))
            .Expect(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Each_caller_has_its_own_rate_and_is_told_how_long_to_wait(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { RateLimit = 4, CredentialRateLimit = 4 });
        var scim = await backend.ScimAsync();
        (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.OK);
        (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.OK);

        var limited = (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.TooManyRequests, "rate_limited");

        Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter!.Delta);
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.OK);
        backend.Time.Advance(TimeSpan.FromMilliseconds(250));
        (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.OK);
        (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_client_that_hangs_up_in_the_middle_disturbs_nobody(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, backend.Url.Port);
            var half = $"POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {backend.Credential}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"em";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
        }

        Assert.Equal(2, (await backend.GetAsync("/api/v1/users")).Items.Count);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Locations_are_under_the_public_url_where_one_is_set(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { PublicUrl = new Uri("https://acme.test/base/") });
        Assert.Equal("https://acme.test/base/scim/v2", (await backend.GetAsync("/api/v1/account")).String("scimUrl"));
        var created = await TestBackend.SendAsync(await backend.ScimAsync(), HttpMethod.Post, "/scim/v2/Users", """{"userName":"c@acme.test"}""");
        Assert.Equal("https://acme.test/base/scim/v2/Users/" + created.String("id"), created.Headers.Location!.ToString());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task It_serves_https_with_the_certificate_it_is_given(StoreKind kind)
    {
        using var folder = new TestFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=backend", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (cert, keyFile) = (folder.File("tls.crt"), folder.File("tls.key"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());

        await using var backend = await TestBackend.StartAsync(kind, o => o with { TlsCert = cert, TlsKey = keyFile });
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler) { BaseAddress = backend.Url };
        var reply = await TestBackend.SendAsync(client, HttpMethod.Get, "/healthz");

        Assert.Equal("https", backend.Url.Scheme);
        reply.Expect(HttpStatusCode.OK);
    }
}
