namespace ScimOperator.Backend.Accounts;

/// <summary>Carries a <see cref="Accounts.Refusal"/> out of a transaction, which is thereby undone.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
