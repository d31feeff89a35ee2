using System.Text.Json;
using System.Xml.Linq;

namespace ScimOperator.Cli.Tests;

public sealed class ReportTests
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "testdata");

    [Theory]
    [MemberData(nameof(GoldenTests.Cases), MemberType = typeof(GoldenTests))]
    public async Task SARIF_has_the_structure_that_2_1_0_requires(string name)
    {
        var run = await GoldenTests.RunAsync(Path.Combine(Data, name), "sarif");
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        var log = Assert.Single(root.GetProperty("runs").EnumerateArray());
        var driver = log.GetProperty("tool").GetProperty("driver");
        Assert.Equal("kubectl-scim", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToList();
        Assert.Equal(rules.Count, rules.Distinct().Count());
        foreach (var result in log.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "note" });
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
            foreach (var location in Locations(result))
            {
                var physical = location.GetProperty("physicalLocation");
                Assert.True(Uri.TryCreate(physical.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative, out _));
                Assert.InRange(physical.GetProperty("region").GetProperty("startLine").GetInt32(), 1, int.MaxValue);
                Assert.InRange(physical.GetProperty("region").GetProperty("startColumn").GetInt32(), 1, int.MaxValue);
            }
        }
    }

    [Fact]
    public async Task SARIF_places_a_denial_and_its_steps_and_escapes_file_names()
    {
        using var folder = new TemporaryFolder();
        var source = Path.Combine(Data, "demote-and-rehome-at-once");
        folder.Write("base/a.yaml", await File.ReadAllTextAsync(Path.Combine(source, "base/acme.yaml")));
        folder.Write("head/a b#1.yaml", await File.ReadAllTextAsync(Path.Combine(source, "head/acme.yaml")));
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head", "-o", "sarif");
        using var json = JsonDocument.Parse(run.Output);
        var result = Assert.Single(json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal(("admin_holds_scim_token", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        Assert.Equal("head/a%20b%231.yaml", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(2, result.GetProperty("relatedLocations").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(GoldenTests.Cases), MemberType = typeof(GoldenTests))]
    public async Task JUnit_counts_what_it_lists(string name)
    {
        var run = await GoldenTests.RunAsync(Path.Combine(Data, name), "junit");
        var suites = XDocument.Parse(run.Output).Root!;
        var suite = suites.Element("testsuite")!;
        Assert.Equal((string?)suite.Attribute("tests"), suite.Elements("testcase").Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((string?)suite.Attribute("failures"), suite.Descendants("failure").Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((string?)suite.Attribute("errors"), suite.Descendants("error").Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(run.ExitCode != 0, suite.Descendants("failure").Concat(suite.Descendants("error")).Any());
    }

    [Fact]
    public async Task JSON_names_no_field_that_the_guide_does_not()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/guides/pull-requests.md"));
        var names = new HashSet<string>();
        foreach (var file in Directory.GetFiles(Data, "expected.json", SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            Collect(json.RootElement, names);
        }

        Assert.Contains("steps", names);
        Assert.All(names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Colours_only_when_it_may()
    {
        var folder = Path.Combine(Data, "demote-a-holder");
        string[] arguments = ["check", "--base", "base", "--head", "head"];
        Assert.DoesNotContain('\u001b', (await CliRun.InAsync(folder, [], colour: false, arguments)).Output);
        Assert.Contains("\u001b[31mdenied\u001b[0m", (await CliRun.InAsync(folder, [], colour: true, arguments)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_its_version() =>
        Assert.Matches("^kubectl-scim [0-9]+\\.[0-9]+\\.[0-9]+( \\(commit [0-9a-f]+\\))?\n$", (await CliRun.InAsync(".", "", "version")).Output);

    [Theory]
    [InlineData("check", "--base", "x")]
    [InlineData("check", "--base", "x", "--head", "y", "-o", "xml")]
    [InlineData("check", "--base", "x", "--head", "y", "--max-snapshot-age", "soon")]
    [InlineData("chekc")]
    [InlineData("snapshot", "--url", "http://127.0.0.1")]
    public async Task A_wrong_command_line_is_bad_input(params string[] arguments)
    {
        var run = await CliRun.InAsync(".", "", arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("kubectl scim: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private static IEnumerable<JsonElement> Locations(JsonElement result) =>
        new[] { "locations", "relatedLocations" }.SelectMany(n => result.TryGetProperty(n, out var list) ? list.EnumerateArray().ToList() : []);

    private static void Collect(JsonElement element, HashSet<string> names)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, names);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                names.Add(property.Name);
                Collect(property.Value, names);
            }
        }
    }
}
