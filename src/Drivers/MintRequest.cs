namespace ScimOperator.Drivers;

/// <summary>A token to generate.</summary>
/// <param name="OwnerId">Id of the admin it is issued to.</param>
/// <param name="Description">Description in the account's list.</param>
/// <param name="Reference">Unique among live tokens: a repeat of this request collides instead of generating a second token.</param>
/// <param name="Lifetime">How long it lives; null: for ever.</param>
public sealed record MintRequest(string OwnerId, string Description, string Reference, TimeSpan? Lifetime);
