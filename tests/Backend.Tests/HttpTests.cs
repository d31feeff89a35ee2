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
        var status = await TestBackend.SendTooMuchAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{\"email\":\"" + new string('x', 2 << 20)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TransferEncodingChunked = !announced;
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
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

    [SkippableTheory]
    [EveryStore]
    public async Task Without_a_credential_nobody_learns_who_exists(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var (alice, token) = (await backend.AliceAsync(), (await backend.MintAsync(await backend.BobAsync())).String("value"));
        // Well-formed, and of no token: the last of the secret is another one, and its checksum with it.
        var unknown = Accounts.TokenValue.Generate().Reveal();
        await backend.DeleteAsync("/api/v1/scim-tokens/" + (await backend.GetAsync("/api/v1/scim-tokens")).Items[0]!["id"]!.GetValue<string>());
        foreach (var (door, there, missing) in ((string, string, string)[])[("/api/v1/users/", alice, "usr_none"), ("/scim/v2/Users/", alice, "usr_none"), ("/scim/v2/Users?filter=", "userName%20eq%20%22alice@acme.test%22", "userName%20eq%20%22nobody@acme.test%22")])
        {
            foreach (var credential in (string?[])[null, "wrong", unknown, token])
            {
                var client = backend.Client(credential);
                var (known, other) = (await TestBackend.SendAsync(client, HttpMethod.Get, door + there), await TestBackend.SendAsync(client, HttpMethod.Get, door + missing));
                known.Expect(HttpStatusCode.Unauthorized);
                Assert.Equal((known.Status, known.Text), (other.Status, other.Text));
            }
        }

        // A token that was deleted is told apart from one that never was by nothing.
        Assert.Equal(
            (await TestBackend.SendAsync(backend.Client(token), HttpMethod.Get, "/scim/v2/Users")).Text,
            (await TestBackend.SendAsync(backend.Client(unknown), HttpMethod.Get, "/scim/v2/Users")).Text);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Characters_that_a_store_may_not_hold_find_nothing_and_break_nothing(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        Assert.Empty((await backend.GetAsync("/api/v1/users?email=a%00b")).Items);
        Assert.Empty((await backend.GetAsync("/api/v1/scim-tokens?reference=%00")).Items);
        Assert.Empty((await backend.GetAsync("/api/v1/audit-events?actor=%00")).Items);
        foreach (var filter in (string[])["userName eq \"\\u0000\"", "emails.value sw \"a\\u0000\"", "displayName eq \"\\u0000\"", "id eq \"\\u0000\""])
        {
            foreach (var kindOfResource in (string[])["Users", "Groups"])
            {
                var reply = await TestBackend.SendAsync(scim, HttpMethod.Get, $"/scim/v2/{kindOfResource}?filter={Uri.EscapeDataString(filter)}");
                Assert.Equal(0, reply.Expect(HttpStatusCode.OK).Body!["totalResults"]!.GetValue<int>());
            }
        }
    }
}
