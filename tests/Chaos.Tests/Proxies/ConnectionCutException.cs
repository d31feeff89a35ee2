namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>Thrown by a gate: the caller gets no answer, its connection is cut.</summary>
internal sealed class ConnectionCutException : Exception;
