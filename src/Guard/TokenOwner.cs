namespace ScimOperator.Guard;

/// <summary>The AccountUser that a ScimToken names as owner, as far as it bears on the token.</summary>
/// <param name="Account">The Account the user belongs to.</param>
/// <param name="State">What the user is declared to be.</param>
/// <param name="Deleting">Whether the AccountUser is being deleted.</param>
public sealed record TokenOwner(string Account, UserState State, bool Deleting);
