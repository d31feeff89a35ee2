using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The generated CustomResourceDefinitions on a real API server.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CrdTests(SharedOperatorFixture fixture)
{
    private const string Credential = """ "credentialsSecretRef":{"name":"a","key":"b"}}""";
    private const string Scim = """{"url":"http://acme.test","driver":"Scim","scim":{"userType":""";
    private const string Account = """{"accountRef":{"name":"acme"},""";
    private readonly Kube kube = fixture.Kube;

    [Fact]
    public async Task The_server_accepts_and_serves_the_three_kinds_without_a_schema_problem()
    {
        foreach (var plural in new[] { Tenant.Accounts, Tenant.Users, Tenant.Tokens })
        {
            var crd = (await kube.GetAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.scim-operator.io")).Succeeded().Body;
            var conditions = crd["status"]!["conditions"]!.AsArray().ToDictionary(c => c!["type"]!.GetValue<string>(), c => c!["status"]!.GetValue<string>());
            Assert.Equal("True", conditions["Established"]);
            Assert.Equal("True", conditions["NamesAccepted"]);
            Assert.False(conditions.TryGetValue("NonStructuralSchema", out var bad) && bad == "True");
        }
    }

    [SkippableTheory]
    [InlineData("scimtoken.spec", "ownerRef: the AccountUser the token is issued to")]
    [InlineData("scimtoken.spec.rotation.cutover", "when the old token may be deleted")]
    [InlineData("accountuser.spec", "An existing user with this email is adopted")]
    [InlineData("account.spec.credentialsSecretRef", "the Secret key that holds the bearer credential")]
    [InlineData("scimtoken.status.tokens", "lastFour")]
    public async Task Kubectl_explain_teaches(string field, string words)
    {
        var text = string.Join(' ', (await kube.KubectlAsync($"explain {field}")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Kubectl_prints_useful_columns_and_knows_short_names_and_the_category()
    {
        var tenant = await Tenant.CreateAsync(kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        var tokens = await kube.KubectlAsync($"get stok -n {tenant.Namespace}");
        Assert.Matches(@"NAME\s+OWNER\s+SECRET\s+READY\s+REASON\s+CUTOVER\s+RENEWAL\s+AGE", tokens);
        Assert.Matches(@"okta\s+alice\s+okta-scim", tokens);
        var all = await kube.KubectlAsync($"get scim -n {tenant.Namespace} -o name");
        Assert.Contains("scimtoken.scim-operator.io/okta", all, StringComparison.Ordinal);
        Assert.Contains("accountuser.scim-operator.io/alice", all, StringComparison.Ordinal);
        Assert.Contains("alice", await kube.KubectlAsync($"get au -n {tenant.Namespace}"), StringComparison.Ordinal);
        Assert.True((await kube.TryKubectlAsync($"get acct -n {tenant.Namespace}")).Succeeded);
    }

    [Theory]
    [InlineData(Tenant.Users, Account + """ "email":"no-at-sign","userType":"Admin"}""", "spec.email")]
    [InlineData(Tenant.Users, Account + """ "email":"a@acme.test","userType":"Owner"}""", "spec.userType")]
    [InlineData(Tenant.Users, Account + """ "email":"a@acme.test"}""", "spec.userType")]
    [InlineData(Tenant.Users, """{"email":"a@acme.test","userType":"Admin"}""", "spec.accountRef")]
    [InlineData(Tenant.Users, Account + """ "email":"a@acme.test","userType":"Admin","displayName":""}""", "spec.displayName")]
    [InlineData(Tenant.Users, Account + """ "email":"a@acme.test","userType":"Admin","active":"yes"}""", "spec.active")]
    [InlineData(Tenant.Tokens, Account + """ "ownerRef":{"name":"alice"}}""", "spec.secret")]
    [InlineData(Tenant.Tokens, Account + """ "ownerRef":{"name":"alice"},"secret":{"name":"Not_A_Name"}}""", "spec.secret.name")]
    [InlineData(Tenant.Tokens, Account + """ "ownerRef":{"name":"alice"},"secret":{"name":"s"},"expiresAfter":"soon"}""", "spec.expiresAfter")]
    [InlineData(Tenant.Tokens, Account + """ "ownerRef":{"name":"alice"},"secret":{"name":"s"},"rotation":{"cutover":"Later"}}""", "spec.rotation.cutover")]
    [InlineData(Tenant.Accounts, """{"url":"ftp://acme.test","credentialsSecretRef":{"name":"a","key":"b"}}""", "spec.url")]
    [InlineData(Tenant.Accounts, """{"url":"http://acme.test","credentialsSecretRef":{"name":"a"}}""", "spec.credentialsSecretRef.key")]
    public async Task What_the_schema_forbids_is_refused_with_the_fields_name(string plural, string spec, string field)
    {
        var kind = plural switch { Tenant.Accounts => "Account", Tenant.Users => "AccountUser", _ => "ScimToken" };
        var answer = await kube.PostAsync(
            Kube.Scim("default", plural) + "?dryRun=All",
            $$$"""{"apiVersion":"scim-operator.io/v1alpha1","kind":"{{{kind}}}","metadata":{"name":"bad"},"spec":{{{spec}}}}""");
        Assert.True(answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest, answer.Text);
        Assert.Contains(field, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_are_limited_in_length()
    {
        var tenant = await Tenant.CreateAsync(kube);
        var answer = await tenant.CreateUserAsync("alice", "Admin", $$""","displayName":"{{new string('x', 257)}}" """);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("spec.displayName", answer.Message, StringComparison.Ordinal);
        (await tenant.CreateUserAsync("alice", "Admin", $$""","displayName":"{{new string('x', 256)}}" """)).Succeeded();
    }

    [SkippableFact]
    public async Task Unknown_fields_are_pruned_by_the_server_and_refused_by_kubectl()
    {
        var tenant = await Tenant.CreateAsync(kube);
        const string Unknown = ""","userTpye":"Viewer" """;
        var stored = (await tenant.CreateUserAsync("alice", "Admin", Unknown)).Succeeded().Body;
        Assert.Null(stored["spec"]!["userTpye"]);
        var applied = await kube.TryKubectlAsync($"apply -n {tenant.Namespace} -f -", Tenant.UserManifest("bob", "Admin", Unknown));
        Assert.False(applied.Succeeded);
        Assert.Contains("userTpye", applied.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_is_a_subresource_that_an_edit_of_the_object_can_not_reach()
    {
        var tenant = await Tenant.CreateAsync(kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await kube.MergeAsync(tenant.Path(Tenant.Users, "alice"), """{"status":{"userId":"forged"}}""")).Succeeded();
        Assert.NotEqual("forged", (await tenant.GetAsync(Tenant.Users, "alice"))["status"]?["userId"]?.GetValue<string>());
    }

    [SkippableTheory]
    [InlineData(Tenant.Users, "alice", """{"email":"other@acme.test"}""", "email is immutable")]
    [InlineData(Tenant.Users, "alice", """{"accountRef":{"name":"other"}}""", "accountRef is immutable")]
    [InlineData(Tenant.Tokens, "okta", """{"secret":{"name":"other"}}""", "secret.name is immutable")]
    public async Task Immutable_fields_are_held_by_the_schema_itself(string plural, string name, string spec, string words)
    {
        var version = kube.Plane.ServerVersion;
        Skip.IfNot(version.IsAtLeast(1, 25), $"CEL rules in CustomResourceDefinitions need Kubernetes 1.25; this server is {version}.");
        var tenant = await Tenant.CreateAsync(kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        var answer = await tenant.PatchSpecAsync(plural, name, spec);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(Tenant.Accounts, """{"url":"http://acme.test","scim":{},""" + Credential, "scim is for driver Scim")]
    [InlineData(Tenant.Accounts, Scim + """{"values":{"member":"staff"}}},""" + Credential, "values.admin is missing")]
    [InlineData(Tenant.Accounts, Scim + """{"otherwise":"Admin"}},""" + Credential, "otherwise must not be Admin")]
    [InlineData(Tenant.Accounts, Scim + """{"attribute":"userName"}},""" + Credential, "this one has another meaning")]
    [InlineData(Tenant.Tokens, Account + """ "ownerRef":{"name":"alice"},"secret":{"name":"s"},"managementPolicy":"Observe","expiresAfter":"1h"}""", "with managementPolicy Observe nothing is generated")]
    public async Task What_contradicts_itself_is_refused_by_the_schema_itself(string plural, string spec, string words)
    {
        var version = kube.Plane.ServerVersion;
        Skip.IfNot(version.IsAtLeast(1, 25), $"CEL rules in CustomResourceDefinitions need Kubernetes 1.25; this server is {version}.");
        var kind = plural == Tenant.Accounts ? "Account" : "ScimToken";
        var answer = await kube.PostAsync(
            Kube.Scim("default", plural) + "?dryRun=All",
            $$$"""{"apiVersion":"scim-operator.io/v1alpha1","kind":"{{{kind}}}","metadata":{"name":"bad"},"spec":{{{spec}}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_of_types_and_an_observed_token_are_accepted()
    {
        var tenant = await Tenant.CreateAsync(kube);
        const string Types = ""","driver":"Scim","scim":{"userType":{"attribute":"urn:ietf:params:scim:schemas:extension:acme:2.0:User:tier","values":{"admin":"owner"},"otherwise":"Guest"}}""";
        var account = (await tenant.CreateAccountAsync(new Uri("http://127.0.0.1:1"), Types)).Succeeded().Body;
        Assert.Equal("owner", account["spec"]!["scim"]!["userType"]!["values"]!["admin"]!.GetValue<string>());
        (await tenant.CreateUserAsync("alice")).Succeeded();
        var token = (await tenant.CreateTokenAsync("okta", "alice", ""","managementPolicy":"Observe" """)).Succeeded().Body;
        Assert.Equal("Observe", token["spec"]!["managementPolicy"]!.GetValue<string>());
    }
}
