using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Tests;

public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("no", "Boolean", "false")]
    [InlineData("Off", "Boolean", "false")]
    [InlineData("yes", "Boolean", "true")]
    [InlineData("\"no\"", "Text", "no")]
    [InlineData("!!str no", "Text", "no")]
    [InlineData("~", "Null", "null")]
    [InlineData("", "Null", "null")]
    [InlineData("12", "Integer", "12")]
    [InlineData("+1_000", "Integer", "1000")]
    [InlineData("0x1F", "Integer", "31")]
    [InlineData("0o17", "Integer", "15")]
    [InlineData("017", "Integer", "15")]
    [InlineData("0b11", "Integer", "3")]
    [InlineData("-5", "Integer", "-5")]
    [InlineData("5.0", "Integer", "5")]
    [InlineData("1e2", "Integer", "100")]
    [InlineData("1.5", "Number", "1.5")]
    [InlineData("123456789012345678901234567890", "Integer", "123456789012345678901234567890")]
    [InlineData("1.2.3", "Text", "1.2.3")]
    [InlineData("2026-01-31", "Text", "2026-01-31")]
    [InlineData("12:30:45", "Text", "12:30:45")]
    [InlineData(".", "Text", ".")]
    [InlineData("+", "Text", "+")]
    [InlineData("0x", "Text", "0x")]
    [InlineData(".inf", "Text", ".inf")]
    [InlineData("|\n  a\n  b\n", "Text", "a\nb\n")]
    public void Means_what_kubectl_takes_it_for(string yaml, string kind, string text)
    {
        var scalar = YamlReader.Read("x", $"a: {yaml}\n", new InputLimits())[0]["a"]!;
        Assert.Equal((kind, text), (scalar.Kind.ToString(), scalar.Text));
    }

    [Fact]
    public void Merge_keys_yield_to_what_is_written_out_and_to_earlier_ones()
    {
        var map = YamlReader.Read("x", "a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc:\n  <<: [*a, *b]\n  p: 3\n", new InputLimits())[0]["c"]!;
        Assert.Equal("p=3 q=1 r=2", string.Join(' ', map.Entries.Select(e => $"{e.Key}={e.Value.Text}")));
    }
}
