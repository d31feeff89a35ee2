namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>A complete answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Those that are passed on.</param>
/// <param name="Body">What it carries.</param>
internal sealed record ProxiedAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Whether the server did what was asked.</summary>
    internal bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Without the body, which may hold a token.</summary>
    public override string ToString() => $"{Status}";
}
