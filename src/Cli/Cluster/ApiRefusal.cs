using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Cluster;

/// <summary>What a refusal by the API server means to whoever runs a command. Pure.</summary>
internal static class ApiRefusal
{
    private const string WebhookMark = "denied the request: ";
    private const string PolicyMark = "denied request: ";

    /// <summary>An admission webhook or policy said no: its own words are what the user needs; else what the API server said.</summary>
    internal static CliException Explain(KubeApiException refusal)
    {
        if (Admission(refusal.Message) is { } words)
        {
            return new CliException(words, ExitCodes.Denied, refusal);
        }

        return refusal.IsNotFound
            ? new CliException($"{Sentence(refusal.Message)} Are the CRDs of the operator installed in this cluster, and does the namespace exist?", ExitCodes.Unknown, refusal)
            : new CliException(Sentence(refusal.Message), ExitCodes.Unknown, refusal);
    }

    private static string? Admission(string message)
    {
        var mark = message.Contains(WebhookMark, StringComparison.Ordinal) ? WebhookMark : PolicyMark;
        var start = message.IndexOf(mark, StringComparison.Ordinal);
        return start < 0 ? null : message[(start + mark.Length)..];
    }

    private static string Sentence(string message) => $"{char.ToUpperInvariant(message[0])}{message[1..].TrimEnd('.')}.";
}
