namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>Stands in a proxy and decides what becomes of each request but watches, which pass.</summary>
internal interface IProxyGate
{
    /// <summary>Handles one request.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="forward">Asks the server. It does so whether or not the caller still waits.</param>
    /// <returns>What the caller is answered.</returns>
    /// <exception cref="ConnectionCutException">The caller is to get no answer.</exception>
    Task<ProxiedAnswer> PassAsync(ProxiedCall call, Func<Task<ProxiedAnswer>> forward);
}
