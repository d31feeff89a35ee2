using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Hosting;
using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Storage.Postgres;

namespace ScimOperator.Backend.Tests;

/// <summary>What a start on PostgreSQL does and refuses.</summary>
public sealed class PostgresStartTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task Many_backends_that_start_at_once_make_one_schema_and_one_account()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        var backends = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            TestBackend.StartAsync(StoreKind.Memory, o => o with { Store = schema + ";Maximum Pool Size=3" }))));

        var ids = await Task.WhenAll(backends.Select(async b => (await b.GetAsync("/api/v1/account")).String("id")));

        Assert.Single(ids.Distinct());
        Assert.Equal(2, (await backends[0].GetAsync("/api/v1/users")).Items.Count);
        Assert.Equal((long)PostgresMigrations.All.Count, await server.ExecuteAsync("SELECT COUNT(*) FROM schema_version", schema));
        foreach (var backend in backends)
        {
            await backend.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task What_one_backend_acknowledges_the_next_one_shows()
    {
        await using var first = await TestBackend.StartAsync(StoreKind.Postgres);
        await using var second = await TestBackend.StartAsync(StoreKind.Memory, o => o with { Store = first.Options.Store });
        var token = (await first.MintAsync(await first.AliceAsync())).Expect(System.Net.HttpStatusCode.Created);
        var scim = second.Client(token.String("value"));
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(System.Net.HttpStatusCode.OK);

        await first.DeleteAsync("/api/v1/scim-tokens/" + token.String("id"));

        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(System.Net.HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Data_of_a_newer_program_is_left_alone()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        await StoreOpening.Open(Options(schema), Now).DisposeAsync();
        await server.ExecuteAsync("INSERT INTO schema_version VALUES (99, 'later', 0)", schema);
        Assert.Contains("99", Assert.Throws<StoreUnavailableException>(() => StoreOpening.Open(Options(schema), Now)).Message, StringComparison.Ordinal);
        await server.DropSchemaAsync(schema);
    }

    [SkippableFact]
    public async Task Emails_that_an_older_program_stored_are_found_after_the_step_that_indexes_them()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        await using (var store = StoreOpening.Open(Options(schema), Now))
        {
            var draft = UserRecord.Draft("a@x.test", UserType.Member, true) with { Attributes = """{"emails":[{"value":"Ä@x.test","type":"work"}]}""" };
            await store.WriteAsync(s => UserChanges.Create(s, draft, "test", Now));
        }

        await server.ExecuteAsync("DROP TABLE user_emails; DELETE FROM schema_version WHERE version = 3", schema);
        await server.ExecuteAsync("DROP INDEX users_active, users_updated, scim_tokens_expiry; DELETE FROM schema_version WHERE version = 4", schema);
        await StoreOpening.Open(Options(schema), Now).DisposeAsync();

        Assert.Equal("ä@x.test/work", await server.ExecuteAsync("SELECT value_key || '/' || type_key FROM user_emails", schema));
        await server.DropSchemaAsync(schema);
    }

    [SkippableFact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        var server = await TestPostgres.Shared;
        await server.ExecuteAsync("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        var refused = Assert.Throws<StoreUnavailableException>(
            () => StoreOpening.Open(Options(server.ConnectionString.Replace("Database=postgres", "Database=latin", StringComparison.Ordinal)), Now));
        Assert.Contains("UTF8", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_password_comes_from_a_file_and_is_in_no_message()
    {
        var server = await TestPostgres.Shared;
        using var folder = new TestFolder();
        var file = folder.File("password");
        await File.WriteAllTextAsync(file, server.Password + "\n");
        var schema = (await server.CreateSchemaAsync()).Replace(";Password=" + server.Password, "", StringComparison.Ordinal);
        await StoreOpening.Open(Options(schema) with { StorePasswordFile = file }, Now).DisposeAsync();

        await File.WriteAllTextAsync(file, "not-the-password");
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreOpening.Open(Options(schema) with { StorePasswordFile = file }, Now));

        Assert.Contains("postgres on ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", refused.ToString(), StringComparison.Ordinal);
        await server.DropSchemaAsync(schema + ";Password=" + server.Password);
    }

    [Theory]
    [InlineData("postgres://scim:s3cret@db/scim")]
    [InlineData("Host=db;Pasword=s3cret")]
    [InlineData("Username=scim;Password=s3cret")]
    [InlineData("Host=db;Password=s3cret;Maximum Pool Size=1")]
    public void A_connection_string_that_is_none_is_refused_without_being_repeated(string text)
    {
        var refused = Assert.Throws<OptionsException>(() => StoreOpening.Open(Options(text), Now));
        Assert.Contains("--store", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_named()
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreOpening.Open(Options("Host=/no/such/folder;Database=scim;Username=u;Password=s3cret"), Now));
        Assert.Contains("scim on /no/such/folder", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    private static BackendOptions Options(string store) => new() { CredentialFile = "", Store = store };
}
