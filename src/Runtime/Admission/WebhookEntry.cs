namespace ScimOperator.Runtime.Admission;

/// <summary>One webhook of a configuration.</summary>
internal sealed record WebhookEntry
{
    /// <summary>name, unique in its configuration.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>clientConfig: how the API server reaches it.</summary>
    public WebhookClientConfig? ClientConfig { get; init; }
}
