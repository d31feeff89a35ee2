using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScimOperator.Backend.Tests;

public sealed class HttpTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("scimadm_0000000000000000000000000000000000000000000")]
    public async Task The_admin_api_needs_its_credential(string? credential)
    {
        await using var backend = await TestBackend.StartAsync();
        var client = backend.Client(credential);
        foreach (var path in (string[])["/api/v1/account", "/api/v1/users", "/api/v1/scim-tokens", "/api/v1/audit-events", "/api/v1/users/x", "/api/v1/scim-tokens/x"])
        {
            var reply = (await TestBackend.SendAsync(client, HttpMethod.Get, path)).Expect(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task A_scim_token_is_no_credential_for_the_admin_api()
    {
        await using var backend = await TestBackend.StartAsync();
        var scim = await backend.ScimAsync();
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/api/v1/account")).Expect(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Health_needs_no_credential()
    {
        await using var backend = await TestBackend.StartAsync();
        var reply = await TestBackend.SendAsync(backend.Client(null), HttpMethod.Get, "/healthz");
        Assert.Equal("ok\n", reply.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems_too()
    {
        await using var backend = await TestBackend.StartAsync();
        (await backend.GetAsync("/api/v1/nothing")).Expect(HttpStatusCode.NotFound, "not_found");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/users");
        using var response = await backend.Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/users", true)]
    [InlineData("/api/v1/users", false)]
    [InlineData("/scim/v2/Users", true)]
    [InlineData("/scim/v2/Users", false)]
    public async Task A_body_beyond_the_limit_is_refused_whether_announced_or_not(string path, bool announced)
    {
        await using var backend = await TestBackend.StartAsync();
        var client = path.StartsWith("/scim", StringComparison.Ordinal) ? await backend.ScimAsync() : backend.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{\"email\":\"" + new string('x', 2 << 20)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !announced;
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_body_nested_too_deep_is_refused_at_both_doors()
    {
        await using var backend = await TestBackend.StartAsync();
        var deep = "{\"displayName\":" + string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100)) + "}";
        (await backend.PatchAsync("/api/v1/users/" + await backend.AliceAsync(), deep)).Expect(HttpStatusCode.BadRequest, "invalid_request");
        (await TestBackend.SendAsync(await backend.ScimAsync(), HttpMethod.Post, "/scim/v2/Users", deep)).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused()
    {
        await using var backend = await TestBackend.StartAsync();
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Post, "/api/v1/users", "email=x", "application/x-www-form-urlencoded"))
            .Expect(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task Each_caller_has_its_own_rate_and_is_told_how_long_to_wait()
    {
        await using var backend = await TestBackend.StartAsync(change: o => o with { RateLimit = 4 });
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

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_disturbs_nobody()
    {
        await using var backend = await TestBackend.StartAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, backend.Url.Port);
            var half = $"POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {backend.Credential}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"em";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
        }

        Assert.Equal(2, (await backend.GetAsync("/api/v1/users")).Items.Count);
    }

    [Fact]
    public async Task Locations_are_under_the_public_url_where_one_is_set()
    {
        await using var backend = await TestBackend.StartAsync(change: o => o with { PublicUrl = new Uri("https://acme.test/base/") });
        Assert.Equal("https://acme.test/base/scim/v2", (await backend.GetAsync("/api/v1/account")).String("scimUrl"));
        var created = await TestBackend.SendAsync(await backend.ScimAsync(), HttpMethod.Post, "/scim/v2/Users", """{"userName":"c@acme.test"}""");
        Assert.Equal("https://acme.test/base/scim/v2/Users/" + created.String("id"), created.Headers.Location!.ToString());
    }

    [Fact]
    public async Task It_serves_https_with_the_certificate_it_is_given()
    {
        var folder = Directory.CreateTempSubdirectory("scim-backend-tls-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=backend", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (cert, keyFile) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());

        await using var backend = await TestBackend.StartAsync(change: o => o with { TlsCert = cert, TlsKey = keyFile });
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler) { BaseAddress = backend.Url };
        var reply = await TestBackend.SendAsync(client, HttpMethod.Get, "/healthz");

        Assert.Equal("https", backend.Url.Scheme);
        reply.Expect(HttpStatusCode.OK);
        Directory.Delete(folder, recursive: true);
    }
}
