using System.Net;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Hosting;

/// <summary>How the backend runs; checked when it is made from the command line and the environment.</summary>
internal sealed record BackendOptions
{
    /// <summary>What a token may do when nothing else is said: far more than an identity provider does, far less than would be felt.</summary>
    public const int DefaultRateLimit = 1000;

    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>A file that gets the URL once requests are answered.</summary>
    public string? ReadyFile { get; init; }

    /// <summary>Path of the SQLite database, or <c>:memory:</c>.</summary>
    public string Data { get; init; } = ":memory:";

    /// <summary>A PostgreSQL database as an Npgsql connection string, which may hold a password; null keeps the data in <see cref="Data"/>.</summary>
    public string? Store { get; init; }

    /// <summary>A file that holds the database's password.</summary>
    public string? StorePasswordFile { get; init; }

    /// <summary>Name of the account; must match the one in the data. Null takes the data's, or "default" when it is new.</summary>
    public string? Account { get; init; }

    /// <summary>Null keeps the stored plan; Enterprise for a new account.</summary>
    public Plan? Plan { get; init; }

    /// <summary>Most live tokens; null means no limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Holds the admin API's bearer credential; made, readable by its owner only, if it does not exist.</summary>
    public required string CredentialFile { get; init; }

    /// <summary>Emails of the active admins a new account begins with.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Email of the admin whom the credential stands for.</summary>
    public string? CredentialAdmin { get; init; }

    /// <summary>Whether the last use of tokens is recorded and reported.</summary>
    public bool LastUse { get; init; } = true;

    /// <summary>Requests per second for each SCIM token; null means no limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Requests per second for the admin API's credential; null means no limit.</summary>
    public int? CredentialRateLimit { get; init; }

    /// <summary>The URL under which callers reach this server, where it differs from what requests say (behind a proxy).</summary>
    public Uri? PublicUrl { get; init; }

    public string? TlsCert { get; init; }

    public string? TlsKey { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Never the options themselves: the connection string may hold a password.</summary>
    public override string ToString() => nameof(BackendOptions);
}
