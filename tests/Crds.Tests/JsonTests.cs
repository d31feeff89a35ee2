using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Crds.Tests;

public sealed class JsonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_Account_survives_a_round_trip()
    {
        const string json = """
            {"apiVersion":"scim-operator.io/v1alpha1","kind":"Account","metadata":{"name":"acme","namespace":"acme","generation":3},
             "spec":{"driver":"Scim","url":"https://acme.example.com","scimUrl":"https://acme.example.com/scim","credentialsSecretRef":{"name":"c","key":"k"},
              "caBundle":"YWJj","resyncInterval":"10m","rateLimit":{"requestsPerSecond":5,"burst":10},"managementPolicy":"Observe","unmanagedTokens":"Ignore"},
             "status":{"observedGeneration":3,"accountId":"a1","plan":"Enterprise","scimUrl":"https://acme.example.com/scim",
              "capabilities":{"overlappingTokens":true,"maxTokens":10,"lastUse":false,"expiry":true},"users":1,"tokens":2,"unmanagedTokens":0,
              "lastSyncTime":"2026-08-01T12:00:00Z","lastHandledReconcileAt":"now","conditions":[]}}
            """;

        AssertRoundTrip(json, ResourceTypes.Accounts);
    }

    [Fact]
    public void An_AccountUser_survives_a_round_trip()
    {
        const string json = """
            {"apiVersion":"scim-operator.io/v1alpha1","kind":"AccountUser","metadata":{"name":"alice","namespace":"acme","finalizers":["scim-operator.io/account-user"]},
             "spec":{"accountRef":{"name":"acme"},"email":"alice@example.com","displayName":"Alice","userType":"Admin","active":false,"deletionPolicy":"Deactivate"},
             "status":{"observedGeneration":1,"userId":"u1","userType":"Guest","active":true,"heldTokenCount":1,
              "heldTokens":[{"id":"t1","description":"Okta","scimToken":"okta","secret":"okta-scim","lastUsedAt":"2026-08-01T12:00:00Z"}],
              "inventoryTime":"2026-08-01T12:00:00Z","lastHandledReconcileAt":"now",
              "conditions":[{"type":"Ready","status":"False","reason":"DeletionBlocked","message":"m","observedGeneration":1,"lastTransitionTime":"2026-08-01T12:00:00Z"}]}}
            """;

        AssertRoundTrip(json, ResourceTypes.AccountUsers);
    }

    [Fact]
    public void A_ScimToken_survives_a_round_trip()
    {
        const string json = """
            {"apiVersion":"scim-operator.io/v1alpha1","kind":"ScimToken","metadata":{"name":"okta","namespace":"acme"},
             "spec":{"accountRef":{"name":"acme"},"ownerRef":{"name":"alice"},"description":"Okta",
              "secret":{"name":"s","keys":{"token":"t","url":"u","tokenId":"i"},"labels":{"My-Label":"x"},"annotations":{"a/b":"y"},"template":{"Doc.json":"{$(token)}"}},
              "expiresAfter":"2160h","rotation":{"every":"720h","renewBefore":"24h","overlap":"1h","cutover":"Immediate"},"deletionPolicy":"Retain","suspend":true},
             "status":{"observedGeneration":2,"tokens":[{"id":"t1","ordinal":1,"ownerId":"u1","owner":"alice","state":"Retiring","lastFour":"abcd",
               "mintedAt":"2026-08-01T12:00:00Z","publishedAt":"2026-08-01T12:00:00Z","expiresAt":"2026-08-01T12:00:00Z","lastUsedAt":"2026-08-01T12:00:00Z"}],
              "secretRef":{"name":"s"},"expiresAt":"2026-08-01T12:00:00Z","renewalTime":"2026-08-01T12:00:00Z",
              "lastHandledReconcileAt":"a","lastHandledRotateAt":"b","conditions":[]}}
            """;

        AssertRoundTrip(json, ResourceTypes.ScimTokens);
    }

    [Fact]
    public void What_is_absent_is_left_out()
    {
        var user = new AccountUser
        {
            Metadata = new ObjectMeta { Name = "alice" },
            Spec = new AccountUserSpec { AccountRef = new LocalObjectReference { Name = "acme" }, Email = "a@b", UserType = UserType.Member },
        };

        Assert.Equal(
            """{"metadata":{"name":"alice"},"spec":{"accountRef":{"name":"acme"},"email":"a@b","userType":"Member"}}""",
            JsonSerializer.Serialize(user, CrdsJsonContext.Default.AccountUser));
    }

    [Fact]
    public void False_and_zero_are_written_since_they_say_something()
    {
        var status = new AccountUser { Status = new AccountUserStatus { Active = false, HeldTokenCount = 0, HeldTokens = [] } };

        var json = JsonSerializer.SerializeToNode(status, CrdsJsonContext.Default.AccountUser)!["status"]!;

        Assert.Equal("""{"active":false,"heldTokenCount":0,"heldTokens":[]}""", json.ToJsonString());
    }

    [Fact]
    public void Times_are_written_as_RFC_3339_in_UTC()
    {
        var account = new Account { Status = new AccountStatus { LastSyncTime = Noon } };

        var json = JsonSerializer.SerializeToNode(account, CrdsJsonContext.Default.Account)!;

        Assert.Equal("2026-08-01T12:00:00Z", json["status"]!["lastSyncTime"]!.GetValue<string>());
    }

    [Fact]
    public void A_time_as_the_API_server_writes_it_is_read()
    {
        var account = Read("""{"status":{"lastSyncTime":"2026-08-01T12:00:00Z"}}""", ResourceTypes.Accounts);

        Assert.Equal(Noon, account.Status!.LastSyncTime);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":null,"spec":null,"status":null}""")]
    [InlineData("""{"metadata":{"name":"x"},"spec":{}}""")]
    [InlineData("""{"spec":{"accountRef":null,"ownerRef":null,"email":null,"url":null,"credentialsSecretRef":null,"secret":null}}""")]
    [InlineData("""{"spec":{"accountRef":{},"ownerRef":{"name":null},"credentialsSecretRef":{},"secret":{}}}""")]
    public void Absent_and_null_parts_are_read_as_empty_ones(string json)
    {
        var account = Read(json, ResourceTypes.Accounts);
        var user = Read(json, ResourceTypes.AccountUsers);
        var token = Read(json, ResourceTypes.ScimTokens);

        Assert.Equal(("", "", ""), (account.Spec.Url, account.Spec.CredentialsSecretRef.Name, account.Spec.CredentialsSecretRef.Key));
        Assert.Equal(("", ""), (user.Spec.Email, user.Spec.AccountRef.Name));
        Assert.Equal(("", "", ""), (token.Spec.AccountRef.Name, token.Spec.OwnerRef.Name, token.Spec.Secret.Name));
        Assert.All((object?[])[account.Metadata, user.Metadata, token.Metadata], Assert.NotNull);
        Assert.All((object?[])[account.Status, user.Status, token.Status], Assert.Null);
    }

    [Fact]
    public void Fields_of_a_later_version_are_ignored()
    {
        var user = Read("""{"spec":{"email":"a@b","quota":{"x":[1,2]}},"status":{"phase":"Old"}}""", ResourceTypes.AccountUsers);

        Assert.Equal("a@b", user.Spec.Email);
    }

    [Theory]
    [InlineData("""{"spec":{"userType":"Owner"}}""")]
    [InlineData("""{"spec":{"active":"yes"}}""")]
    [InlineData("""{"status":{"heldTokenCount":1.5}}""")]
    public void A_value_the_schema_would_have_refused_is_an_error_of_that_object(string json)
    {
        Assert.Throws<JsonException>(() => Read(json, ResourceTypes.AccountUsers));
    }

    [Fact]
    public void Every_enum_value_of_the_schema_is_read()
    {
        var values = SchemaWalk.OwnFields().Single(f => f.Path == "AccountUser.spec.userType").Schema.Enum;

        var read = values.Select(v => Read($$$"""{"spec":{"userType":"{{{v}}}"}}""", ResourceTypes.AccountUsers).Spec.UserType);

        Assert.Equal(Enum.GetValues<UserType>(), read);
    }

    [Fact]
    public void A_list_as_the_API_server_writes_it_is_read()
    {
        const string json = """
            {"apiVersion":"scim-operator.io/v1alpha1","kind":"AccountList","metadata":{"resourceVersion":"7","continue":"next","remainingItemCount":3},
             "items":[{"metadata":{"name":"a"},"spec":{"url":"http://a"}}]}
            """;

        var list = JsonSerializer.Deserialize(json, ResourceTypes.Accounts.ListJson)!;

        Assert.Equal(("7", "next"), (list.Metadata.ResourceVersion, list.Metadata.Continue));
        Assert.Equal("http://a", Assert.Single(list.Items).Spec.Url);
    }

    private static T Read<T>(string json, ResourceType<T> type)
        where T : class, IKubernetesObject => JsonSerializer.Deserialize(json, type.Json)!;

    private static void AssertRoundTrip<T>(string json, ResourceType<T> type)
        where T : class, IKubernetesObject
    {
        var written = JsonNode.Parse(JsonSerializer.Serialize(Read(json, type), type.Json));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), written), $"read: {json}\nwritten: {written}");
    }
}
