using System.Globalization;
using System.Text;
using CsCheck;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Tests;

/// <summary>Whatever the bytes: documents, or the reader's own error with a place. FUZZ_ITERATIONS makes it longer.</summary>
public sealed class FuzzTests
{
    private static readonly long Iterations = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_ITERATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 4_000;

    private static readonly string[] Fragments =
    [
        "a", "b: ", ": ", "- ", "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n\t", " ", "\t", "&a ", "*a", "!!str ", "!x ", "!<tag:yaml.org,2002:int> ", "<<: ", "|", ">", "|2-\n", "\"", "'", "\\", "\\u12", "\\UFFFFFFFF", "\\x",
        "#", "%", "%YAML 1.1\n", "%TAG ! !\n", "---", "...", "---\n", "~", "null", "0x", "1e9", ".5", "-", "@", "`", "\0", "\u0085", "\u2028", "\uFEFF", "\ud83d\ude00", "é", "apiVersion: scim-operator.io/v1alpha1\n", "kind: AccountUser\n", "metadata:\n  name: a\n",
        "kind: List\n", "items:\n- ", "spec:\n  userType: Admin\n", "\"a\": 1", "{\"a\": [", "true", "no", "\r\n", "\r",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]), Gen.String[0, 3]).Array[0, 30].Select(string.Concat);

    [Fact]
    public void YAML_is_read_or_refused() => Texts.Sample(text => Reads("x.yaml", Encoding.UTF8.GetBytes(text)), iter: Iterations, threads: 1);

    [Fact]
    public void JSON_is_read_or_refused() => Texts.Sample(text => Reads("x.json", Encoding.UTF8.GetBytes(text)), iter: Iterations, threads: 1);

    [Fact]
    public void Bytes_are_read_or_refused() => Gen.Byte.Array[0, 40].Sample(bytes => Reads("x.yaml", bytes), iter: Iterations, threads: 1);

    [Fact]
    public void A_damaged_manifest_is_read_or_refused()
    {
        var manifest = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "invalid-everything", "head", "b.yaml"));
        Gen.Select(Gen.Int[0, manifest.Length - 1], Gen.Byte, Gen.Int[0, manifest.Length - 1]).Sample(
            (at, value, cut) =>
            {
                var damaged = manifest.ToArray();
                damaged[at] = value;
                return Reads("x.yaml", damaged) && Reads("x.yaml", damaged[cut..]);
            },
            iter: Iterations / 4,
            threads: 1);
    }

    private static bool Reads(string file, byte[] bytes)
    {
        try
        {
            DocumentReader.Read(file, bytes, new InputLimits());
            return true;
        }
        catch (InputException e)
        {
            return e.Problem.At is { Line: > 0, Column: > 0 } && e.Problem.Message.Length > 0;
        }
    }
}
