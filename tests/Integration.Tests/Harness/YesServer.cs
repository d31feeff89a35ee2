using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>A webhook server that allows everything it is asked: only its certificate can stand in the way.</summary>
internal sealed class YesServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;

    private YesServer(WebApplication app, X509Certificate2 certificate) => (this.app, this.certificate) = (app, certificate);

    internal int Port => new Uri(app.Urls.Single()).Port;

    /// <summary>The certificate in PEM: it is its own authority.</summary>
    internal string Pem => certificate.ExportCertificatePem();

    /// <summary>Starts one whose certificate is valid from a day before its end.</summary>
    internal static async Task<YesServer> StartAsync(DateTimeOffset certificateEnds)
    {
        var certificate = Issue(certificateEnds);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.Run(AllowAsync);
        await app.StartAsync();
        return new YesServer(app, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private static X509Certificate2 Issue(DateTimeOffset ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=yes", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var signed = request.CreateSelfSigned(ends.AddDays(-1), ends);
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), password: null);
    }

    private static async Task AllowAsync(HttpContext context)
    {
        using var review = await JsonDocument.ParseAsync(context.Request.Body);
        var uid = review.RootElement.GetProperty("request").GetProperty("uid").GetString();
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{{uid}}}","allowed":true}}""");
    }
}
