using System.Text.Json.Nodes;
using ScimOperator.Cli.Accounts;
using ScimOperator.Cli.Listing;
using ScimOperator.Cli.Tests.Cluster;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Tests;

/// <summary>The list of tokens: what is shown of what is known.</summary>
public sealed class TokensTests
{
    private const string Cluster = """
        [
          {"kind":"Account","metadata":{"name":"acme","namespace":"acme"},"spec":{"url":"https://acme.example.com","credentialsSecretRef":{"name":"cred","key":"k"}},"status":{"unmanagedTokens":3}},
          {"kind":"Account","metadata":{"name":"other","namespace":"acme"},"spec":{"url":"https://other.example.com","credentialsSecretRef":{"name":"cred","key":"k"}}},
          {"kind":"AccountUser","metadata":{"name":"alice","namespace":"acme"},"spec":{"accountRef":{"name":"acme"},"email":"alice@example.com","userType":"Admin"},
           "status":{"heldTokens":[{"id":"t1","description":"Okta","scimToken":"okta","secret":"okta-scim"},{"id":"t9","description":"by\u001b[31m hand","lastUsedAt":"2026-08-20T09:00:00Z"}]}},
          {"kind":"ScimToken","metadata":{"name":"okta","namespace":"acme","uid":"u1"},"spec":{"accountRef":{"name":"acme"},"ownerRef":{"name":"alice"},"description":"Okta","secret":{"name":"okta-scim"}},
           "status":{"tokens":[{"id":"t1","ordinal":1,"owner":"alice","state":"InUse","lastFour":"wxyz","mintedAt":"2026-08-10T12:00:00Z","expiresAt":"2026-09-20T12:00:00Z","lastUsedAt":"2026-08-20T11:00:00Z"},
                               {"id":"t2","ordinal":2,"owner":"bob","state":"Retiring","mintedAt":"2026-08-01T12:00:00Z","expiresAt":"2026-08-19T12:00:00Z"}]}},
          {"kind":"ScimToken","metadata":{"name":"entra","namespace":"acme","uid":"u2"},"spec":{"accountRef":{"name":"acme"},"ownerRef":{"name":"alice"},"secret":{"name":"entra-scim"}}},
          {"kind":"ScimToken","metadata":{"name":"lost","namespace":"acme","uid":"u3"},"spec":{"accountRef":{"name":"gone"},"ownerRef":{"name":"alice"},"secret":{"name":"lost-scim"}}}
        ]
        """;

    [Fact]
    public async Task The_table_shows_managed_unmanaged_and_pending_ones_and_what_it_can_not_show()
    {
        var run = await CliRun.OnAsync(new MemoryCluster(Cluster), "tokens", "--from-cluster");
        Assert.Equal(
            """
            ACCOUNT   DESCRIPTION    OWNER   STATE       AGE         LAST USE   EXPIRES     SCIMTOKEN   SECRET
            acme      entra          alice   Pending     <none>      <none>     <none>      entra       entra-scim
            acme      Okta           bob     Retiring    19d         <none>     expired     okta        okta-scim
            acme      Okta           alice   InUse       10d         60m ago    31d         okta        okta-scim
            acme      by?[31m hand   alice   Unmanaged   <unknown>   3h ago     <unknown>   <none>      <none>
            gone      lost           alice   Pending     <none>      <none>     <none>      lost        lost-scim

            """,
            run.Output);
        Assert.Equal(
            "Account acme/acme has 3 tokens that no ScimToken declares, and 1 of them can be shown: the others are held by users without an AccountUser, or by one with more than 50.\n",
            run.Error);
    }

    [Fact]
    public async Task One_account_alone_can_be_asked_for()
    {
        var run = await CliRun.OnAsync(new MemoryCluster(Cluster), "tokens", "--from-cluster", "--account", "gone");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kubectl scim: There is no Account acme/gone. kubectl get accounts -n acme lists those that there are.\n", run.Error);
        var names = await CliRun.OnAsync(new MemoryCluster(Cluster), "tokens", "--from-cluster", "--account", "acme", "-o", "name");
        Assert.Equal("scimtoken.scim-operator.io/entra\nscimtoken.scim-operator.io/okta\n", names.Output);
    }

    [Fact]
    public async Task What_is_printed_as_JSON_has_no_field_for_what_is_not_known()
    {
        var run = await CliRun.OnAsync(new MemoryCluster(Cluster), "tokens", "--from-cluster", "-A", "-o", "json");
        var unmanaged = JsonNode.Parse(run.Output)!["tokens"]!.AsArray().Single(t => t!["state"]!.GetValue<string>() == "Unmanaged")!.AsObject();
        Assert.Equal(["namespace", "account", "id", "description", "owner", "state", "lastUsedAt", "source"], unmanaged.Select(p => p.Key));
    }

    [Fact]
    public void The_account_s_word_goes_before_the_cluster_s_and_tokens_are_found_by_reference_before_status_names_them()
    {
        var okta = new ScimToken
        {
            Metadata = new() { Name = "okta", Namespace = "acme", Uid = "u1" },
            Spec = new ScimTokenSpec { OwnerRef = new() { Name = "alice" }, AccountRef = new() { Name = "acme" }, Secret = new TokenSecret { Name = "okta-scim" } },
            Status = new ScimTokenStatus { Tokens = [new TokenStatus { Id = "t1", State = TokenState.InUse }] },
        };
        var made = new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
        var answer = new AccountAnswer(
            null,
            [new BackendUser("id-1", "Alice@example.com", null, new UserState(UserType.Admin, true), null), new BackendUser("id-2", "erin@example.com", null, new UserState(UserType.Admin, true), null)],
            [
                new BackendToken("t1", "id-1", "Okta", "u1/1", "aaaa", made, null, null),
                new BackendToken("t2", "id-1", null, "u1/2", "bbbb", made.AddDays(1), null, null),
                new BackendToken("t3", "id-2", "x", "u9/1", "cccc", made, null, null),
                new BackendToken("t4", "id-3", "y", null, null, made, null, null),
            ],
            null);
        var alice = new AccountUser { Metadata = new() { Name = "alice", Namespace = "acme" }, Spec = new AccountUserSpec { Email = "alice@example.com" } };

        var rows = new TokenInventory("acme", "acme", [alice], [okta]).FromAccount(answer);

        Assert.Equal(
            [("t1", "InUse", "alice", "okta"), ("t2", "Minted", "alice", "okta"), ("t3", "Unmanaged", "erin@example.com", null), ("t4", "Unmanaged", "id-3", null)],
            rows.Select(r => (r.Id, r.State, r.Owner, r.ScimToken)));
    }
}
