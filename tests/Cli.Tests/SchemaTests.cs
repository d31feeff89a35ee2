using ScimOperator.Cli.Schema;

namespace ScimOperator.Cli.Tests;

public sealed class SchemaTests
{
    private static readonly CrdSchemas Schemas = CrdSchemas.Load();

    [Fact]
    public void Knows_the_three_kinds() => Assert.Equal(["Account", "AccountUser", "ScimToken"], Schemas.Kinds);

    [Fact]
    public void Every_rule_of_the_schemas_is_judged()
    {
        var rules = Schemas.Kinds.SelectMany(k => Schemas[k]!.SelfAndBelow()).SelectMany(s => s.Rules).ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.True(CelRules.IsCovered(r.Expression), r.Expression));
    }

    [Fact]
    public void Every_type_and_format_of_the_schemas_is_known()
    {
        var nodes = Schemas.Kinds.SelectMany(k => Schemas[k]!.SelfAndBelow()).ToList();
        Assert.Subset(new HashSet<string> { "object", "array", "string", "boolean", "integer" }, nodes.Select(n => n.Type).ToHashSet());
        Assert.Subset(new HashSet<string> { "byte", "date-time", "int32", "int64" }, nodes.Select(n => n.Format).OfType<string>().ToHashSet());
    }

    [Fact]
    public async Task The_samples_satisfy_their_schemas()
    {
        var run = await CliRun.InAsync(Repository.Root, "", "check", "--base", "config/samples", "--head", "config/samples");
        Assert.Equal("allowed: 0 changed objects (config/samples -> config/samples)\n", run.Output);
    }

    [Theory]
    [InlineData("resyncInterval: 4s", "spec.resyncInterval: resyncInterval must be at least 5s")]
    [InlineData("resyncInterval: 10", "spec.resyncInterval must be a string, not the number 10: put it in quotes")]
    [InlineData("resyncInterval: soon", "spec.resyncInterval is \"soon\", and must match")]
    [InlineData("resyncInterval: null", "spec.resyncInterval must be a string, not empty (null)")]
    [InlineData("rateLimit: {requestsPerSecond: 0}", "spec.rateLimit.requestsPerSecond is 0, and must be from 1 to 10000")]
    [InlineData("rateLimit: {requestsPerSecond: 99999999999999999999}", "spec.rateLimit.requestsPerSecond is 99999999999999999999, and must be from 1 to 10000")]
    [InlineData("rateLimit: {requestsPerSecond: 1.5}", "spec.rateLimit.requestsPerSecond must be a whole number, not the number 1.5")]
    [InlineData("rateLimit: {}", "spec.rateLimit.requestsPerSecond is required")]
    [InlineData("rateLimit: []", "spec.rateLimit must be a mapping, not a list")]
    [InlineData("driver: accountapi", "spec.driver is \"accountapi\", and must be one of AccountApi, Scim")]
    [InlineData("caBundle: '***'", "spec.caBundle is \"***\", and must be base64")]
    [InlineData("scimUrl: \"https://a.example.com\\n\"", "and must match ^https?://")]
    public async Task Says_what_a_field_must_be(string field, string message)
    {
        using var folder = new TemporaryFolder();
        const string account = "apiVersion: scim-operator.io/v1alpha1\nkind: Account\nmetadata:\n  name: acme\nspec:\n  url: https://acme.example.com\n  credentialsSecretRef: {name: a, key: b}\n";
        folder.Write("base/a.yaml", account);
        folder.Write("head/a.yaml", $"{account}  {field}\n");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  head/a.yaml:8:", run.Output, StringComparison.Ordinal);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conditions: [{type: Ready, status: \"True\", reason: A, message: \"\", lastTransitionTime: 2026-01-01T00:00:00Z}, {type: Ready, status: \"True\", reason: A, message: \"\", lastTransitionTime: 2026-01-01T00:00:00Z}]", "status.conditions[1] repeats an earlier item's type")]
    [InlineData("lastSyncTime: yesterday", "status.lastSyncTime is \"yesterday\", and must be a time such as")]
    public async Task Judges_a_status_that_somebody_exported(string status, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", $"apiVersion: scim-operator.io/v1alpha1\nkind: Account\nmetadata: {{name: acme, creationTimestamp: null}}\nspec: {{url: https://a.example.com, credentialsSecretRef: {{name: a, key: b}}}}\nstatus: {{{status}}}\n");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "dir:.", "--head", "a.yaml");
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }
}
