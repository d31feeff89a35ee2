namespace ScimOperator.DevEnvironments;

/// <summary>One replica to be kept running.</summary>
/// <param name="Name">Its name, as a pod's would be.</param>
/// <param name="WebhookPort">Where it answers.</param>
/// <param name="Arguments">The operator's arguments.</param>
public sealed record SupervisedReplica(string Name, int WebhookPort, IReadOnlyList<string> Arguments);
