namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>Indexes for what filters ask often, the same on every store.</summary>
internal static class FilterIndexes
{
    // Live tokens are those without an expiry and those past one point of this index: counting up to a limit reads no more than the limit.
    public const string Sql = """
        CREATE INDEX users_active ON users (active, seq);
        CREATE INDEX users_updated ON users (updated_at, seq);
        CREATE INDEX scim_tokens_expiry ON scim_tokens (expires_at);
        """;
}
