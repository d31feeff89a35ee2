using System.Security.Cryptography.X509Certificates;

namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>How a proxy is set up.</summary>
internal sealed record ProxyOptions
{
    /// <summary>Which server it stands before.</summary>
    internal required ProxySide Side { get; init; }

    /// <summary>Where that is.</summary>
    internal required Uri Target { get; init; }

    /// <summary>Reaches it, without a credential: that is the caller's.</summary>
    internal required HttpClient Server { get; init; }

    /// <summary>Decides what becomes of a request.</summary>
    internal required IProxyGate Gate { get; init; }

    /// <summary>For TLS towards the operator; null for plain HTTP.</summary>
    internal X509Certificate2? Certificate { get; init; }

    /// <summary>Changes the path of a request.</summary>
    internal Func<string, string> Rewrite { get; init; } = path => path;
}
