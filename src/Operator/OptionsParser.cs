using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Operator;

/// <summary>Reads <see cref="OperatorOptions"/> from <c>--name=value</c> or <c>--name value</c>.</summary>
internal static class OptionsParser
{
    /// <summary>The options; throws <see cref="FormatException"/> with a message for the user.</summary>
    internal static OperatorOptions Parse(IReadOnlyList<string> args)
    {
        var options = new OperatorOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args, ref i);
            options = Apply(options, name, value);
        }

        return Consistent(options);
    }

    private static OperatorOptions Consistent(OperatorOptions options) =>
        options.LeaderElectLeaseDuration > options.LeaderElectRenewDeadline && options.LeaderElectRenewDeadline > options.LeaderElectRetryPeriod * 1.2
            ? options
            : throw new FormatException(
                "--leader-elect-lease-duration must exceed --leader-elect-renew-deadline, and that 1.2 times --leader-elect-retry-period, or a leader could lose its Lease for no reason.");

    private static (string Name, string Value) Split(IReadOnlyList<string> args, ref int i)
    {
        var arg = args[i];
        if (!arg.StartsWith("--", StringComparison.Ordinal))
        {
            throw new FormatException($"\"{arg}\" is not an option: options begin with --. See --help.");
        }

        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            return (arg[..equals], arg[(equals + 1)..]);
        }

        return ++i < args.Count ? (arg, args[i]) : throw new FormatException($"{arg} needs a value. See --help.");
    }

    private static OperatorOptions Apply(OperatorOptions options, string name, string value) => name switch
    {
        "--kubeconfig" => options with { Kubeconfig = File.Exists(value) ? value : throw new FormatException($"--kubeconfig: there is no file {value}.") },
        "--namespace" => options with { Namespace = NotEmpty(name, value) },
        "--pod-name" => options with { PodName = NotEmpty(name, value) },
        "--bind-address" => options with { BindAddress = System.Net.IPAddress.TryParse(value, out _) ? value : throw new FormatException($"--bind-address: \"{value}\" is no IP address.") },
        "--webhook-port" => options with { WebhookPort = Integer(name, value, 0, 65535) },
        "--metrics-port" => options with { MetricsPort = Integer(name, value, 0, 65535) },
        "--health-port" => options with { HealthPort = Integer(name, value, 0, 65535) },
        "--leader-elect" => options with { LeaderElect = Boolean(name, value) },
        "--leader-elect-lease-duration" => options with { LeaderElectLeaseDuration = TimeSpan.FromSeconds(Integer(name, value, 1, 3600)) },
        "--leader-elect-renew-deadline" => options with { LeaderElectRenewDeadline = TimeSpan.FromSeconds(Integer(name, value, 1, 3600)) },
        "--leader-elect-retry-period" => options with { LeaderElectRetryPeriod = TimeSpan.FromSeconds(Integer(name, value, 1, 3600)) },
        "--webhook-service" => options with { WebhookService = NotEmpty(name, value) },
        "--webhook-host" => options with { WebhookHosts = [.. options.WebhookHosts, NotEmpty(name, value)] },
        "--webhook-cert-secret" => options with { WebhookCertSecret = NotEmpty(name, value) },
        "--webhook-cert-dir" => options with { WebhookCertDir = Directory.Exists(value) ? value : throw new FormatException($"--webhook-cert-dir: there is no folder {value}.") },
        "--workers" => options with { Workers = Integer(name, value, 1, 256) },
        "--call-timeout" => options with { CallTimeout = TimeSpan.FromSeconds(Integer(name, value, 1, 300)) },
        "--admission-patience" => options with { AdmissionPatience = TimeSpan.FromSeconds(Integer(name, value, 1, 25)) },
        "--log-level" => options with { LogLevel = Level(value) },
        "--log-format" => options with { LogJson = value is "json" or "text" ? value == "json" : throw new FormatException($"--log-format: \"{value}\" is neither json nor text.") },
        _ => throw new FormatException($"There is no option {name}. See --help."),
    };

    private static string NotEmpty(string name, string value) =>
        value.Length > 0 ? value : throw new FormatException($"{name} must not be empty.");

    private static int Integer(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name}: \"{value}\" is not a number from {min} to {max}.");

    private static bool Boolean(string name, string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException($"{name}: \"{value}\" is neither true nor false."),
    };

    private static LogLevel Level(string value) =>
        Enum.TryParse<LogLevel>(value, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw new FormatException($"--log-level: \"{value}\" is none of Debug, Information, Warning, Error.");

    internal const string Help = """
        scim-operator: keeps SCIM tokens and users of accounts as declared in Kubernetes.

          --kubeconfig FILE            connect with this file (default: the pod's ServiceAccount)
          --namespace NAME             where the Lease and the certificate Secret live
          --pod-name NAME              identity in the Lease (default: $POD_NAME, else the host's name)
          --bind-address IP            listen on this address (default: any)
          --webhook-port N             HTTPS port of the admission webhooks (9443; 0: off)
          --metrics-port N             HTTP port of /metrics (8080; 0: off)
          --health-port N              HTTP port of /healthz and /readyz (8081; 0: off)
          --leader-elect true|false    replicas elect the one that reconciles (true)
          --leader-elect-lease-duration SECONDS
                                       a Lease unchanged for so long is taken over (15)
          --leader-elect-renew-deadline SECONDS
                                       a leader that can't renew for so long gives up (10)
          --leader-elect-retry-period SECONDS
                                       wait between tries to get or renew the Lease (2)
          --webhook-service NAME       Service of the webhooks (scim-operator-webhook)
          --webhook-host NAME|IP       another name for the serving certificate; may be repeated
          --webhook-cert-secret NAME   Secret with the operator's own certificate (scim-operator-webhook-cert)
          --webhook-cert-dir DIR       use tls.crt and tls.key from here instead of making a certificate
          --workers N                  objects reconciled at once (16)
          --call-timeout SECONDS       patience with an account while reconciling (15)
          --admission-patience SECONDS patience with an account during admission (4)
          --log-level LEVEL            Debug, Information, Warning or Error (Information)
          --log-format json|text       (json)
        """;
}
