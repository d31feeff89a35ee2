namespace ScimOperator.Operator.ScimTokens;

/// <summary>The Secret is not as the plan assumed: observe it live and plan again.</summary>
internal sealed class SecretChangedException : Exception;
