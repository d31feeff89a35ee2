using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>The one row that says which account this store belongs to.</summary>
internal sealed class AccountTable(DbConnection connection) : IDisposable
{
    private readonly SqlStatement find = new(connection, "SELECT id, name, plan, max_tokens, created_at FROM account");

    private readonly SqlStatement insert = new(
        connection,
        "INSERT INTO account (id, name, plan, max_tokens, created_at) VALUES (@id, @name, @plan, @max, @created)",
        "id", "name", "plan", "max", "created");

    private readonly SqlStatement update = new(
        connection, "UPDATE account SET plan = @plan, max_tokens = @max WHERE id = @id", "plan", "max", "id");

    public AccountRecord? Find() => find.One(Map);

    public AccountRecord Get() => Find() ?? throw new InvalidOperationException("The store has no account row: it was not initialised.");

    public void Insert(AccountRecord account) =>
        insert.Execute(account.Id, account.Name, Names.Of(account.Plan), (long?)account.MaxTokens, SqlValues.Of(account.CreatedAt));

    public void Update(AccountRecord account) => update.Execute(Names.Of(account.Plan), (long?)account.MaxTokens, account.Id);

    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
        update.Dispose();
    }

    private static AccountRecord Map(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        Names.TryParse(row.GetString(2), out Plan plan) ? plan : throw new InvalidDataException("The account row has an unknown plan."),
        row.IsDBNull(3) ? null : (int)row.GetInt64(3),
        row.Time(4));
}
