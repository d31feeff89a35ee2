using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Runtime.Client;

/// <summary>Makes a <see cref="KubeClient"/> from where the process runs: a kubeconfig file, or a Pod's ServiceAccount.</summary>
public static class KubeClientFactory
{
    /// <summary>
    /// Connects by a kubeconfig file; without one by the KUBECONFIG variable, then as the Pod's ServiceAccount, then by ~/.kube/config.
    /// </summary>
    /// <param name="kubeconfig">Path of a kubeconfig file, or null.</param>
    /// <param name="fieldManager">fieldManager of every write.</param>
    /// <param name="time">Clock of the time-outs.</param>
    /// <param name="loggers">Makes the client's logger.</param>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The file is missing or can't be read.</exception>
    public static KubeClient Create(string? kubeconfig, string fieldManager, TimeProvider time, ILoggerFactory loggers) =>
        Create(Configuration(kubeconfig), fieldManager, time, loggers);

    /// <summary>Connects as a configuration says.</summary>
    /// <param name="config">Server, trust and credential.</param>
    /// <param name="fieldManager">fieldManager of every write.</param>
    /// <param name="time">Clock of the time-outs.</param>
    /// <param name="loggers">Makes the client's logger.</param>
    public static KubeClient Create(
        KubernetesClientConfiguration config, string fieldManager, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(config);
        var options = new KubeClientOptions
        {
            BaseUrl = new Uri(config.Host),
            FieldManager = fieldManager,
            Namespace = string.IsNullOrEmpty(config.Namespace) ? null : config.Namespace.Trim(),
        };
        return new KubeClient(Http(config, fieldManager), Http(config, fieldManager), options, time, loggers.CreateLogger<KubeClient>());
    }

    private static KubernetesClientConfiguration Configuration(string? kubeconfig)
    {
        if (!string.IsNullOrEmpty(kubeconfig))
        {
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(kubeconfig));
        }

        var named = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG"));
        return !named && KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildDefaultConfig();
    }

    private static HttpClient Http(KubernetesClientConfiguration config, string fieldManager)
    {
        var http = new HttpClient(new CredentialsHandler(config, Sockets(config))) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", config.UserAgent ?? fieldManager);
        return http;
    }

    private static SocketsHttpHandler Sockets(KubernetesClientConfiguration config)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            EnableMultipleHttp2Connections = true,
            AllowAutoRedirect = false,
            UseCookies = false,

            // A peer that is gone without a word (node failure, a load balancer that forgot) is noticed in 25 s.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        };
        handler.SslOptions.TargetHost = string.IsNullOrEmpty(config.TlsServerName) ? null : config.TlsServerName;
        Trust(handler.SslOptions, config);
        if (ClientCertificate(config) is { } certificate)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return handler;
    }

    private static X509Certificate2? ClientCertificate(KubernetesClientConfiguration config)
    {
        var certificate = Pem(config.ClientCertificateData, config.ClientCertificateFilePath);
        var key = Pem(config.ClientCertificateKeyData, config.ClientKeyFilePath);
        return certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key);
    }

    /// <summary>PEM from base64 data, which comes first as in client-go, or from a file.</summary>
    private static string? Pem(string? data, string? file)
    {
        if (!string.IsNullOrEmpty(data))
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }

        return string.IsNullOrEmpty(file) ? null : File.ReadAllText(file);
    }

    private static void Trust(SslClientAuthenticationOptions ssl, KubernetesClientConfiguration config)
    {
        if (config.SkipTlsVerify)
        {
#pragma warning disable CA5359 // Asked for by insecure-skip-tls-verify in the kubeconfig.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (config.SslCaCerts is { Count: > 0 } roots)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(roots);
            ssl.CertificateChainPolicy = policy;
        }
    }
}
