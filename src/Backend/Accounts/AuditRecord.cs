namespace ScimOperator.Backend.Accounts;

/// <summary>One change of the account, written in the transaction that made it. Before and After are JSON summaries without secrets.</summary>
internal sealed record AuditRecord(
    long Seq,
    DateTimeOffset At,
    string Actor,
    string Action,
    string TargetType,
    string TargetId,
    string? Before,
    string? After);
