namespace ScimOperator.Runtime.Hosting;

/// <summary>What a listening port is for; travels with each connection, so that no port answers another's requests.</summary>
internal sealed class EndpointRole
{
    /// <summary>Admission, HTTPS.</summary>
    public static readonly EndpointRole Webhooks = new();

    /// <summary>Prometheus, HTTP.</summary>
    public static readonly EndpointRole Metrics = new();

    /// <summary>Probes, HTTP.</summary>
    public static readonly EndpointRole Health = new();

    private EndpointRole()
    {
    }
}
