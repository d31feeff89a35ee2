namespace ScimOperator.Drivers;

/// <summary>What a driver needs to call one account.</summary>
/// <param name="http">Sends the calls; made with <see cref="AccountHandler"/>, and without a timeout of its own.</param>
/// <param name="url">Base URL; a path in it is kept.</param>
/// <param name="credential">Bearer credential.</param>
/// <param name="gate">Paces the calls, and holds them back while the account fails.</param>
/// <param name="time">The clock.</param>
/// <param name="callTimeout">How long one call may take, its answer's body included.</param>
public sealed class DriverConnection(HttpClient http, Uri url, string credential, AccountGate gate, TimeProvider time, TimeSpan callTimeout)
{
    internal HttpClient Http => http;

    internal Uri Url { get; } = AsDirectory(url);

    internal string Credential => credential;

    internal AccountGate Gate => gate;

    internal TimeProvider Time => time;

    internal TimeSpan CallTimeout => callTimeout;

    /// <summary>The same way to another endpoint, or with another credential. Only calls to the same server share the gate.</summary>
    internal DriverConnection With(Uri endpoint, string bearer) =>
        new(http, endpoint, bearer, endpoint.Authority == Url.Authority ? gate : new AccountGate(time, new Random()), time, callTimeout);

    /// <summary>Never the credential.</summary>
    public override string ToString() => $"connection to {Url.Authority}";

    private static Uri AsDirectory(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.GetLeftPart(UriPartial.Path) + "/");
    }
}
