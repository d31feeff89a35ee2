using System.Globalization;
using System.Text;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Tests;

public sealed class ScaleTests
{
    /// <summary>Quadratic work on 10,000 users would take minutes, not the test's moment.</summary>
    [Fact]
    public async Task Judges_ten_thousand_changed_users_of_one_account()
    {
        const int users = 10_000;
        using var folder = new TemporaryFolder();
        folder.Write("base/users.yaml", Users(users, "Admin"));
        folder.Write("head/users.yaml", Users(users, "Member"));
        folder.Write("s.json", $$"""
            {"version":1,"account":"acme","takenAt":"2026-08-20T11:00:00Z","tokens":[{"id":"tok_1","ownerId":"usr_77","description":"by hand"}],
            "users":[{"id":"usr_x","email":"x@example.com","userType":"Admin","active":true},{{string.Join(',', Enumerable.Range(0, users).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"usr_{i}\",\"email\":\"u{i}@example.com\",\"userType\":\"Admin\",\"active\":true}}")))}}]}
            """);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head", "--snapshot", "s.json", "-o", "junit");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("tests=\"10000\" failures=\"1\" errors=\"0\"", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Counting each place from the line's start would take hours.</summary>
    [Fact]
    public void Reads_a_large_file_of_one_line()
    {
        var json = "{\"é😀\": [" + string.Join(',', Enumerable.Repeat("12345", 400_000)) + "]}";
        var list = DocumentReader.Read("x.json", Encoding.UTF8.GetBytes(json), new InputLimits())[0].Entries[0].Value;
        Assert.Equal(400_000, list.Items.Count);
        Assert.Equal(new Position("x.json", 1, json.LastIndexOf(',') + 2), list.Items[^1].At);
    }

    /// <summary>Comparing maps key by key, each looked for from the start, would take minutes.</summary>
    [Fact]
    public async Task Compares_objects_with_very_many_annotations()
    {
        using var folder = new TemporaryFolder();
        var manifest = "apiVersion: scim-operator.io/v1alpha1\nkind: AccountUser\nmetadata:\n  name: a\n  annotations:\n"
            + string.Concat(Enumerable.Range(0, 150_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"    k{i}: v\n")))
            + "spec: {accountRef: {name: acme}, email: a@example.com, userType: Admin}\n";
        folder.Write("base/a.yaml", manifest);
        folder.Write("head/a.yaml", manifest);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal("allowed: 0 changed objects (base -> head)\n", run.Output);
    }

    [Fact]
    public async Task Reports_a_bounded_number_of_problems_of_one_document()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", "a: 1\n");
        folder.Write("head/a.yaml", "apiVersion: scim-operator.io/v1alpha1\nkind: AccountUser\nmetadata: {name: a}\nspec:\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"  k{i}: v\n"))));
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("200 invalid", run.Output, StringComparison.Ordinal);
    }

    private static string Users(int count, string type)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"---\napiVersion: scim-operator.io/v1alpha1\nkind: AccountUser\nmetadata: {{name: u{i}}}\nspec: {{accountRef: {{name: acme}}, email: u{i}@example.com, userType: {type}}}\n");
        }

        return text.ToString();
    }
}
