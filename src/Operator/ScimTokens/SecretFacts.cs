namespace ScimOperator.Operator.ScimTokens;

/// <summary>What the planner needs to know of a published Secret.</summary>
/// <param name="TokenId">The token that is in it.</param>
/// <param name="PublishedAt">Since when.</param>
/// <param name="Intact">Whether the content is what was published.</param>
/// <param name="LayoutChecksum">How it was laid out.</param>
/// <param name="RotateRequest">The rotate request that its token answered.</param>
/// <param name="Deleting">Whether it is about to go.</param>
public sealed record SecretFacts(
    string? TokenId, DateTimeOffset? PublishedAt, bool Intact, string? LayoutChecksum, string? RotateRequest, bool Deleting);
