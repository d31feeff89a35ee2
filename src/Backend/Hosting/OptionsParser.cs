using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Hosting;

/// <summary>Makes <see cref="BackendOptions"/> of the command line and the environment.</summary>
internal static class OptionsParser
{
    /// <exception cref="OptionsException">An option is unknown, missing, or has a value it can't have.</exception>
    public static BackendOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = OptionValues.Read(args, environment);
        if (given.One("store") is not null && given.One("data") is not null)
        {
            throw new OptionsException("--store and --data exclude each other: the account is kept in PostgreSQL or in an SQLite file.");
        }

        var options = new BackendOptions
        {
            Listen = given.One("listen") is { } listen ? EndPoint(listen) : new IPEndPoint(IPAddress.Loopback, 8080),
            ReadyFile = given.One("ready-file"),
            Data = given.One("data") ?? ":memory:",
            Store = given.One("store"),
            StorePasswordFile = given.One("store-password-file"),
            Account = given.One("account"),
            Plan = given.One("plan") is { } plan ? PlanOf(plan) : null,
            MaxTokens = Number(given, "max-tokens"),
            CredentialFile = given.One("credential-file")
                ?? throw new OptionsException("--credential-file is missing: name the file that holds the admin API's credential, or shall get a new one."),
            Admins = [.. given.Many("admin").Select(email => Email("admin", email))],
            CredentialAdmin = given.One("credential-admin") is { } admin ? Email("credential-admin", admin) : null,
            LastUse = !given.Flag("no-last-use"),
            RateLimit = given.One("rate-limit") is null ? BackendOptions.DefaultRateLimit : Rate(given),
            CredentialRateLimit = Rate(given),
            PublicUrl = given.One("public-url") is { } url ? Url(url) : null,
            TlsCert = given.One("tls-cert"),
            TlsKey = given.One("tls-key"),
            LogLevel = given.One("log-level") is { } level ? Level(level) : LogLevel.Information,
        };
        return Checked(options);
    }

    private static BackendOptions Checked(BackendOptions options)
    {
        if ((options.TlsCert is null) != (options.TlsKey is null))
        {
            throw new OptionsException("--tls-cert and --tls-key belong together: give both, or neither to serve plain HTTP.");
        }

        if (options.Store is null && options.StorePasswordFile is not null)
        {
            throw new OptionsException("--store-password-file is the password of --store: say which database it is for.");
        }

        foreach (var file in (string?[])[options.TlsCert, options.TlsKey])
        {
            if (file is not null && !File.Exists(file))
            {
                throw new OptionsException($"The TLS file {file} does not exist.");
            }
        }

        return options;
    }

    private static IPEndPoint EndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon >= 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort)
        {
            switch (text[..colon])
            {
                case "localhost":
                    return new IPEndPoint(IPAddress.Loopback, port);
                case "" or "*":
                    return new IPEndPoint(IPAddress.Any, port);
                case var host when IPAddress.TryParse(host, out var address):
                    return new IPEndPoint(address, port);
            }
        }

        throw new OptionsException($"--listen is \"{text}\": write ADDRESS:PORT, e.g. 127.0.0.1:8080, with an IP address, localhost or *; port 0 takes a free one.");
    }

    private static Plan PlanOf(string text) => Names.TryParse(text, out Plan plan)
        ? plan
        : throw new OptionsException($"--plan is \"{text}\": it must be one of {Names.Plans}.");

    private static int? Number(OptionValues given, string name, string otherwise = "leave it out for no limit")
    {
        if (given.One(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new OptionsException($"--{name} is \"{text}\": it must be a whole number of at least 1; {otherwise}.");
    }

    private static int? Rate(OptionValues given) =>
        "none".Equals(given.One("rate-limit"), StringComparison.OrdinalIgnoreCase) ? null : Number(given, "rate-limit", "say none for no limit");

    private static string Email(string name, string text) => InputRules.IsEmail(text)
        ? text
        : throw new OptionsException($"--{name} is \"{text}\": that is no email address.");

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new OptionsException($"--public-url is \"{text}\": it must be an absolute http or https URL without a query.");

    private static LogLevel Level(string text) => text.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        _ => throw new OptionsException($"--log-level is \"{text}\": it must be one of Debug, Information, Warning, Error."),
    };
}
