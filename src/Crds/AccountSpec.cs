using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>The connection to one account that is provisioned over SCIM.</summary>
[CelRule("!has(self.scim) || (has(self.driver) && self.driver == 'Scim')", "scim is for driver Scim: set driver to Scim, or leave scim out")]
public sealed record AccountSpec
{
    /// <summary>driver: how to talk to the account. AccountApi manages users and tokens through the account's admin API; Scim manages users on any SCIM 2.0 service provider. Default: AccountApi.</summary>
    public AccountDriver? Driver { get; init; }

    /// <summary>url: base URL of the account. With driver AccountApi without the path of the API itself, such as https://acme.example.com; with driver Scim that of the service provider, such as https://acme.example.com/scim/v2</summary>
    [RequiredField, Length(1, 2048), Pattern(Patterns.HttpUrl)]
    public string Url { get; init => field = value ?? ""; } = "";

    /// <summary>scimUrl: the SCIM endpoint that identity providers call; published in Secrets under the key url. Default: what the account reports, else url followed by /scim/v2; with driver Scim url itself.</summary>
    [Length(1, 2048), Pattern(Patterns.HttpUrl)]
    public string? ScimUrl { get; init; }

    /// <summary>scim: how users stand at the service provider; with driver Scim only.</summary>
    public ScimSettings? Scim { get; init; }

    /// <summary>credentialsSecretRef: the Secret key that holds the bearer credential for the account. The Secret may be changed at any time: the next call uses the new value.</summary>
    [RequiredField]
    public SecretKeyReference CredentialsSecretRef { get; init => field = value ?? new(); } = new();

    /// <summary>caBundle: PEM certificates, base64-encoded, that sign the account's serving certificate. Default: the system's.</summary>
    [Length(1, 1048576), Format("byte")]
    public string? CaBundle { get; init; }

    /// <summary>resyncInterval: how often users and tokens are compared with the account, as a duration such as 10m. At least 5s. Default: 10m.</summary>
    [Length(2, 32), Pattern(Patterns.GoDuration)]
    [CelRule("duration(self) >= duration('5s')", "resyncInterval must be at least 5s")]
    public string? ResyncInterval { get; init; }

    /// <summary>rateLimit: limit on the operator's calls to this account. Default: none, but a 429 answer's Retry-After is always obeyed.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>managementPolicy: Manage carries out what manifests declare; Observe reads only and shows the difference. Default: Manage.</summary>
    public ManagementPolicy? ManagementPolicy { get; init; }

    /// <summary>unmanagedTokens: what to do about tokens that no ScimToken declares. They count for the guard in any case. Default: Report.</summary>
    public UnmanagedTokenPolicy? UnmanagedTokens { get; init; }
}
