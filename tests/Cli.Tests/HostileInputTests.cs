using System.Text;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Tests;

/// <summary>Input made to break the reader gets an error with a place, quickly.</summary>
public sealed class HostileInputTests
{
    private const string Manifest = """
        apiVersion: scim-operator.io/v1alpha1
        kind: AccountUser
        metadata:
          name: alice
        spec:
          accountRef:
            name: acme
          email: alice@example.com
          userType: Admin

        """;

    public static TheoryData<string, string, string> Texts() => new()
    {
        { "an alias bomb", Bomb(9), "head/x.yaml:4:" },
        { "one alias too many", "a: &a [" + string.Join(",", Enumerable.Repeat("1", 200)) + "]\nb: [" + string.Join(",", Enumerable.Repeat("*a", 60)) + "]\n", "head/x.yaml:2:" },
        { "an alias inside itself", "a: &a\n  b: *a\n", "head/x.yaml:2:6" },
        { "an unknown alias", "a: *b\n", "head/x.yaml:1:4" },
        { "an alias of an earlier document", "a: &a 1\n---\nb: *a\n", "head/x.yaml:3:4" },
        { "a key given twice", "spec:\n  a: 1\n  b: 2\n  a: 3\n", "head/x.yaml:4:3" },
        { "a key given twice in two spellings", "a: 1\n\"a\": 2\n", "head/x.yaml:2:1" },
        { "a tab as indentation", "a:\n\tb: 1\n", "head/x.yaml:1:1" },
        { "a mapping as key", "? {a: b}\n: c\n", "head/x.yaml:1:3" },
        { "a list as key", "? [a]\n: c\n", "head/x.yaml:1:3" },
        { "deep flow lists", new string('[', 100_000), "head/x.yaml:1:" },
        { "deep flow mappings", string.Concat(Enumerable.Repeat("{a: ", 100_000)), "head/x.yaml:1:" },
        { "deep block lists", string.Concat(Enumerable.Repeat("- ", 100_000)) + "a", "head/x.yaml:1:" },
        { "deep complex keys", string.Concat(Enumerable.Repeat("? ", 100_000)) + "a", "head/x.yaml:1:" },
        { "depth built by aliases", Tower(), "head/x.yaml:" },
        { "too many values", "a:\n" + string.Concat(Enumerable.Repeat("- 1\n", 500_001)), "head/x.yaml:" },
        { "an unknown tag", "a: !ruby/object:Gem {b: c}\n", "head/x.yaml:1:4" },
        { "an unknown scalar tag", "a: !!python/name:os.system x\n", "head/x.yaml:1:4" },
        { "a tag that lies", "a: !!int x\n", "head/x.yaml:1:4" },
        { "binary data in YAML's own form", "a: !!binary aGFsbG8=\n", "head/x.yaml:1:4" },
        { "a merge of a scalar", "a:\n  <<: b\n", "head/x.yaml:2:7" },
        { "an escape beyond Unicode", "a: \"\\UFFFFFFFF\"\n", "head/x.yaml:1:" },
        { "an escape that is no escape", "a: \"\\q\"\n", "head/x.yaml:1:4" },
        { "an unclosed quote", "a: \"b\nc: d\n", "head/x.yaml:1:4" },
        { "an unclosed list", "a: [1,\n", "head/x.yaml:" },
        { "a YAML version from the future", "%YAML 3.0\n---\na: 1\n", "head/x.yaml:1:1" },
        { "a NUL", "a: b\0\nc: d\n", "head/x.yaml:1:5" },
        { "a NUL that hides what follows", Manifest + "\0---\n" + Manifest, "head/x.yaml:10:1" },
        { "an escape sequence for terminals", "a: \u001b[2J\n", "head/x.yaml:1:4" },
        { "a byte order mark in the middle", "a: 1\n\uFEFFb: 2\n", "head/x.yaml:2:1" },
        { "only a percent sign", "%", "head/x.yaml:1:1" },
    };

    public static TheoryData<string, byte[], string> Bytes() => new()
    {
        { "Latin-1", [.. "name: "u8, 0xE9, .. "\n"u8], "head/x.yaml:1:7" },
        { "an overlong slash", [.. "a: "u8, 0xC0, 0xAF], "head/x.yaml:1:4" },
        { "half a character at the end", [.. "a: b\nc: "u8, 0xE2, 0x82], "head/x.yaml:2:4" },
        { "an encoded surrogate", [0xED, 0xA0, 0x80], "head/x.yaml:1:1" },
        { "UTF-32", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "head/x.yaml:1:1" },
        { "UTF-16 without a byte order mark", Encoding.Unicode.GetBytes("a: b\n"), "head/x.yaml:1:2" },
        { "UTF-16 with half a unit", [0xFF, 0xFE, 0x61, 0, 0x62], "head/x.yaml:1:" },
        { "UTF-16 with a lone surrogate", [0xFF, 0xFE, 0x61, 0, 0x00, 0xD8, 0x62, 0], "head/x.yaml:1:2" },
        { "an ELF binary", [0x7F, .. "ELF"u8, 2, 1, 1, 0, 0], "head/x.yaml:1:1" },
        { "a gzip file", [0x1F, 0x8B, 8, 0, 1, 2, 3], "head/x.yaml:1:2" },
    };

    public static TheoryData<string, string, string> Json() => new()
    {
        { "a key given twice", "{\n  \"a\": 1,\n  \"a\": 2\n}", "head/x.json:3:3" },
        { "deep lists", new string('[', 100_000), "head/x.json:1:" },
        { "two documents", "{}\n{}", "head/x.json:2:1" },
        { "a comment", "{} // no", "head/x.json:1:" },
        { "a trailing comma", "[1,]", "head/x.json:1:" },
        { "half an object", "{\"a\": ", "head/x.json:1:" },
        { "a lone surrogate", "{\"a\": \"\\ud800\"}", "head/x.json:1:" },
        { "a number without end", "[1e999999]", "head/x.json:1:2" },
        { "YAML", "a: b\n", "head/x.json:1:" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public Task Gives_an_error_with_a_place(string what, string text, string place) => Refuses(what, "x.yaml", Encoding.UTF8.GetBytes(text), place);

    [Theory]
    [MemberData(nameof(Bytes))]
    public Task Refuses_other_encodings(string what, byte[] bytes, string place) => Refuses(what, "x.yaml", bytes, place);

    [Theory]
    [MemberData(nameof(Json))]
    public Task Refuses_bad_JSON(string what, string text, string place) => Refuses(what, "x.json", Encoding.UTF8.GetBytes(text), place);

    [Fact]
    public Task Refuses_a_file_of_50_MB() => Refuses("50 MB", "x.yaml", new byte[50 << 20], "head/x.yaml:1:1");

    [Fact]
    public async Task Refuses_a_stream_of_50_MB()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", Manifest);
        var run = await CliRun.InAsync(folder.Path, new byte[50 << 20], false, "check", "--base", "base", "--head", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  stdin:1:1", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task Decodes_what_a_byte_order_mark_announces(string encoding)
    {
        var chosen = Encoding.GetEncoding(encoding);
        using var folder = new TemporaryFolder();
        folder.Write("base/x.yaml", Manifest);
        folder.Write("head/x.yaml", [.. chosen.GetPreamble(), .. chosen.GetBytes(Manifest)]);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal("allowed: 0 changed objects (base -> head)\n", run.Output);
    }

    [Fact]
    public async Task Names_every_file_that_is_wrong_not_only_the_first()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/x.yaml", Manifest);
        folder.Write("head/a.yaml", "a: [\n");
        folder.Write("head/b.json", "{");
        folder.Write("head/c/d.yml", "a: 1\na: 2\n");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal(2, run.ExitCode);
        Assert.All(new[] { "head/a.yaml:", "head/b.json:", "head/c/d.yml:2:1" }, place => Assert.Contains(place, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_names_from_manifests_without_letting_them_steer_the_terminal()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/x.yaml", Manifest);
        folder.Write("head/x.yaml", Manifest.Replace("userType: Admin", "userType: \"\\e[2J\\u0007\"", StringComparison.Ordinal));
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Aliases_within_bounds_are_read()
    {
        var document = YamlReader.Read("x", "a: &a {b: [1, 2]}\nc: *a\nd: [*a, *a]\n", new InputLimits())[0];
        Assert.True(document["a"]!.SameAs(document["c"]!));
        Assert.Equal("2", document["d"]!.Items[1].Find("b")!.Items[1].Text);
    }

    private static async Task Refuses(string what, string file, byte[] content, string place)
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", Manifest);
        folder.Write("head/" + file, content);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.True(run.ExitCode == 2, $"{what}: {run.Output}");
        Assert.StartsWith("invalid  " + place, run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Length < 2_000, run.Output);
    }

    private static string Bomb(int levels)
    {
        var text = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (var i = 1; i <= levels; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return text.ToString();
    }

    /// <summary>Each value puts the one before it one level deeper.</summary>
    private static string Tower() =>
        "a0: &a0 1\n" + string.Concat(Enumerable.Range(1, 100).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n")));
}
