using ScimOperator.Drivers;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>A live token of a ScimToken.</summary>
/// <param name="Token">As the account has it.</param>
/// <param name="Ordinal">Which of the ScimToken's tokens it is; 0 when its reference does not say.</param>
/// <param name="OwnerIsActiveAdmin">Whether its owner is an active admin now: otherwise the token does not work.</param>
public sealed record OwnToken(BackendToken Token, int Ordinal, bool OwnerIsActiveAdmin);
