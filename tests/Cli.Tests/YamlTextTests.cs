using System.Text;
using System.Text.Json;
using CsCheck;
using ScimOperator.Cli.Input;
using ScimOperator.Cli.Output;

namespace ScimOperator.Cli.Tests;

/// <summary>What is written as YAML is read as the same again.</summary>
public sealed class YamlTextTests
{
    private static readonly string[] Words =
    [
        "true", "yes", "no", "on", "null", "~", "1", "1.0", "1e3", "0x1F", "0o17", "012", "12:30", "2026-01-01", ".inf", "-.5", "1_000", "", "=", "<<", "y", "N",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Char[" \n\t:#-?'\"\\|>{}[]&*!%@`ab01.eEx_yYnN~/+"].Array[0, 12].Select(c => new string(c)),
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]));

    [Fact]
    public void Any_text_is_read_as_it_was_written() => Texts.Where(t => t.All(c => !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF' or '\0'))).Sample(
        text => Assert.Equal(text, Read(Written(text)).Entries.Single().Value.Text),
        iter: 20_000);

    [Fact]
    public void Any_text_is_read_as_text() => Texts.Where(t => t.All(c => !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF' or '\0'))).Sample(
        text => Assert.Equal(NodeKind.Text, Read(Written(text)).Entries.Single().Value.Kind),
        iter: 20_000);

    [Theory]
    [InlineData("""{"a":1,"b":[],"c":{},"d":null,"e":true,"f":-1.5}""", "a: 1\nb: []\nc: {}\nd: null\ne: true\nf: -1.5\n")]
    [InlineData("""{"a":{"b":{"c":["x",{"d":1,"e":[2]},"true"]}}}""", "a:\n  b:\n    c:\n    - x\n    - d: 1\n      e:\n      - 2\n    - \"true\"\n")]
    [InlineData("""{"a":"one\ntwo\n","b":"one\ntwo","c":"one\n\n"}""", "a: |\n  one\n  two\nb: |-\n  one\n  two\nc: |+\n  one\n\n")]
    [InlineData("[]", "[]\n")]
    public void Is_written_as_kubectl_writes_it(string json, string yaml)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(yaml, YamlText.Write(document.RootElement));
    }

    private static string Written(string text)
    {
        using var document = JsonDocument.Parse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("key", text);
            writer.WriteEndObject();
        }));
        return YamlText.Write(document.RootElement);
    }

    private static Node Read(string yaml) => DocumentReader.Read("a.yaml", Encoding.UTF8.GetBytes(yaml), new InputLimits()).Single();
}
