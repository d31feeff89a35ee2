using ScimOperator.Drivers;

namespace ScimOperator.Operator.Accounts;

/// <summary>What differs between two readings of an account; or what one write of ours changed.</summary>
/// <param name="Users">Users that are new, changed or gone (then as they were).</param>
/// <param name="Tokens">Tokens that are new, changed or gone (then as they were).</param>
public sealed record InventoryChange(IReadOnlyList<BackendUser> Users, IReadOnlyList<BackendToken> Tokens)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Users.Count == 0 && Tokens.Count == 0;
}
