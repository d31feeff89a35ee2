namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>How an identity provider works.</summary>
/// <param name="ReadEvery">How often it reads its Secret.</param>
/// <param name="Pause">Between two calls: none at all would leave the machine nothing for the operator.</param>
internal sealed record IdentityProviderPace(TimeSpan ReadEvery, TimeSpan Pause);
