using System.Globalization;
using ScimOperator.CrdGen;

namespace ScimOperator.Crds.Tests;

/// <summary>
/// What was ever released stays valid: testdata/fields.txt lists each field with its type, whether it is required, and the
/// values of enums. A line may be added, none may be taken away.
/// </summary>
public sealed class SchemaCompatibilityTests
{
    private static readonly string[] Current = [.. SchemaWalk.OwnFields().SelectMany(Lines)];

    private static string[] Stored => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "testdata", "fields.txt"));

    [Fact]
    public void No_field_type_or_enum_value_is_taken_away_and_none_becomes_required()
    {
        var gone = Stored.Except(Current).ToList();

        Assert.True(gone.Count == 0, $"These are in released manifests and must go on working:\n{string.Join('\n', gone)}");
    }

    [Fact]
    public void The_stored_list_covers_every_field()
    {
        var missing = Current.Except(Stored).ToList();

        Assert.True(missing.Count == 0, $"New fields: add these lines to tests/Crds.Tests/testdata/fields.txt:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void A_field_that_is_added_later_is_never_required()
    {
        var required = Stored.Where(l => l.EndsWith(" required", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(
            required,
            SchemaWalk.OwnFields().Where(f => f.Required).Select(f => Lines(f).First()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Lines((string Path, bool Required, SchemaNode Schema) field)
    {
        var type = field.Schema.Format is null ? field.Schema.Type : $"{field.Schema.Type}({field.Schema.Format})";
        yield return string.Create(CultureInfo.InvariantCulture, $"{field.Path} {type} {(field.Required ? "required" : "optional")}");
        foreach (var value in field.Schema.Enum)
        {
            yield return $"{field.Path} = {value}";
        }
    }
}
