using System.Text.Json;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Client;

public sealed class PooledStringsTests
{
    private const string Json = """{"metadata":{"name":"a","namespace":"shared-ns","labels":{"key\u0031":"välue","k":""}}}""";

    [Fact]
    public void Objects_share_namespace_and_labels()
    {
        var (a, b) = (Read(Json), Read(Json));
        Assert.Same(a.Metadata.Namespace, b.Metadata.Namespace);
        Assert.Same(a.Metadata.Labels!["key1"], b.Metadata.Labels!["key1"]);
        Assert.Equal(("shared-ns", "välue", ""), (a.Metadata.Namespace, a.Metadata.Labels["key1"], a.Metadata.Labels["k"]));
    }

    [Fact]
    public void What_was_read_is_written_the_same()
    {
        var again = Read(JsonSerializer.Serialize(Read(Json), Widget.Type.Json));
        Assert.Equal(Read(Json).Metadata.Labels, again.Metadata.Labels);
        Assert.Equal("shared-ns", again.Metadata.Namespace);
    }

    [Fact]
    public void Long_strings_and_nulls_are_read_too()
    {
        var text = new string('x', 1000);
        var read = Read($$"""{"metadata":{"name":"a","namespace":null,"labels":{"{{text}}":"{{text}}"} } }""");
        Assert.Null(read.Metadata.Namespace);
        Assert.Equal(text, read.Metadata.Labels![text]);
        Assert.Null(Read("""{"metadata":{"name":"a","labels":null}}""").Metadata.Labels);
    }

    [Theory]
    [InlineData("""{"metadata":{"namespace":7}}""")]
    [InlineData("""{"metadata":{"labels":[]}}""")]
    [InlineData("""{"metadata":{"labels":{"a":7}}}""")]
    [InlineData("""{"metadata":{"labels":{"a":null}}}""")]
    public void Anything_else_is_an_error(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static Widget Read(string json) => JsonSerializer.Deserialize(json, Widget.Type.Json)!;
}
