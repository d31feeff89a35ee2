namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>A request of the operator.</summary>
/// <param name="Side">Whom it asks.</param>
/// <param name="Method">GET, POST, PATCH, ...</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Body">What it carries.</param>
internal sealed record ProxiedCall(ProxySide Side, string Method, string Path, string Query, byte[] Body)
{
    /// <summary>Whether it asks for a change.</summary>
    internal bool IsWrite => Method is not ("GET" or "HEAD");

    /// <summary>Whether its answer is a stream that has no end.</summary>
    internal bool IsWatch => Query.Contains("watch=", StringComparison.Ordinal);

    /// <summary>Without the body, which may hold a token.</summary>
    public override string ToString() => $"{Side} {Method} {Path}{Query}";
}
