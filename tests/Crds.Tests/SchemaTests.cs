using System.Reflection;
using ScimOperator.CrdGen;
using ScimOperator.Crds.Schema;
using YamlDotNet.RepresentationModel;

namespace ScimOperator.Crds.Tests;

public sealed class SchemaTests
{
    private static readonly Type[] Kinds = [typeof(Account), typeof(AccountUser), typeof(ScimToken)];

    [Fact]
    public void Every_field_has_a_description()
    {
        Assert.All(
            SchemaWalk.OwnFields().Where(f => !f.Path.EndsWith("{}", StringComparison.Ordinal)),
            f => Assert.False(string.IsNullOrWhiteSpace(f.Schema.Description), f.Path));
    }

    [Fact]
    public void Every_description_begins_with_the_name_of_its_field()
    {
        Assert.All(
            SchemaWalk.OwnFields().Where(f => !f.Path.EndsWith('}') && !f.Path.EndsWith(']')),
            f => Assert.Matches($"^{f.Path.Split('.')[^1]}\\b", f.Schema.Description));
    }

    [Fact]
    public void Every_enum_explains_each_of_its_values()
    {
        var enums = SchemaWalk.OwnFields().Where(f => f.Schema.Enum.Count > 0 && !f.Path.Contains("conditions", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(enums);
        Assert.All(enums, f => Assert.All(f.Schema.Enum, value => Assert.Contains($"\n- {value}: ", f.Schema.Description, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_string_is_bounded_by_length_enum_or_a_format_of_fixed_size()
    {
        Assert.All(
            SchemaWalk.OwnFields().Where(f => f.Schema.Type == "string"),
            f => Assert.True(f.Schema.MaxLength is not null || f.Schema.Enum.Count > 0 || f.Schema.Format == "date-time", f.Path));
    }

    [Fact]
    public void Every_list_and_map_is_bounded()
    {
        Assert.All(
            SchemaWalk.OwnFields().Where(f => f.Schema.Items is not null || f.Schema.AdditionalProperties is not null),
            f => Assert.True(f.Schema.MaxLength is > 0, f.Path));
    }

    [Fact]
    public void Every_number_has_limits()
    {
        Assert.All(
            SchemaWalk.OwnFields().Where(f => f.Schema.Type == "integer"),
            f => Assert.True(f.Schema.Minimum is not null, f.Path));
    }

    [Fact]
    public void Every_list_says_how_server_side_apply_merges_it()
    {
        var lists = Kinds.SelectMany(k => Nodes(Crd(k))).Where(n => n.Text("type") == "array").ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, l => Assert.Contains(l.Text("x-kubernetes-list-type"), (string[])["map", "atomic"]));
    }

    [Fact]
    public void The_key_of_a_list_map_is_a_required_field_of_its_items()
    {
        var lists = SchemaWalk.OwnFields().Where(f => f.Schema.ListMapKey is not null).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, f => Assert.Contains(f.Schema.Items!.Properties, p => p.Name == f.Schema.ListMapKey && p.Required));
    }

    [Fact]
    public void No_field_has_a_default_since_it_would_never_match_what_is_in_Git()
    {
        Assert.All(Kinds.SelectMany(k => Nodes(Crd(k).At("spec", "versions", 0, "schema")!)), n => Assert.Null(n.At("default")));
    }

    [Fact]
    public void No_schema_lets_unknown_fields_through()
    {
        Assert.All(Kinds.SelectMany(k => Nodes(Crd(k))), n => Assert.Null(n.At("x-kubernetes-preserve-unknown-fields")));
    }

    [Fact]
    public void A_rule_and_its_message_are_single_lines()
    {
        var rules = Generator.Schemas().Values.SelectMany(s => s.Rules).Concat(SchemaWalk.Fields().SelectMany(f => f.Schema.Rules)).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.DoesNotContain('\n', r.Rule + r.Message));
    }

    [Fact]
    public void A_rule_that_compares_with_the_old_value_is_never_inside_a_list_that_is_replaced_as_a_whole()
    {
        var inLists = SchemaWalk.Fields().Where(f => f.Path.Contains("[]", StringComparison.Ordinal)).SelectMany(f => f.Schema.Rules);

        Assert.DoesNotContain(inLists, r => r.Rule.Contains("oldSelf", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AccountUser.spec.email")]
    [InlineData("AccountUser.spec.accountRef")]
    [InlineData("ScimToken.spec.accountRef")]
    [InlineData("ScimToken.spec.secret.name")]
    public void A_field_that_says_it_is_immutable_has_the_rule(string path)
    {
        var schema = SchemaWalk.Fields().Single(f => f.Path == path).Schema;

        Assert.Contains(schema.Rules, r => r.Rule == "self == oldSelf");
        Assert.EndsWith("Immutable.", schema.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_leaves_holders_of_tokens_to_the_webhook_whose_denial_names_the_tokens() =>
        Assert.Empty(Generator.Schemas()["AccountUser"].Rules);

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_kind_is_named_and_served_as_the_code_addresses_it(string name)
    {
        var kind = Kinds.Single(k => k.Name == name);
        var crd = Crd(kind);
        var plural = kind.GetCustomAttribute<CustomResourceAttribute>()!.Plural;

        Assert.Equal($"{plural}.{GroupVersion.Group}", crd.Text("metadata", "name"));
        Assert.Equal(GroupVersion.Group, crd.Text("spec", "group"));
        Assert.Equal(name, crd.Text("spec", "names", "kind"));
        Assert.Equal(["scim"], crd.Texts("spec", "names", "categories"));
        Assert.NotEmpty(crd.Texts("spec", "names", "shortNames"));
        Assert.Equal("Namespaced", crd.Text("spec", "scope"));
        Assert.Equal(GroupVersion.Version, crd.Text("spec", "versions", 0, "name"));
        Assert.NotNull(crd.At("spec", "versions", 0, "subresources", "status"));
        Assert.Equal(["spec"], crd.Texts("spec", "versions", 0, "schema", "openAPIV3Schema", "required"));
    }

    [Fact]
    public void Resource_types_say_the_same_as_the_attributes()
    {
        Assert.Equal(["Account/accounts", "AccountUser/accountusers", "ScimToken/scimtokens"], Kinds.Select(Attribute));
        Assert.Equal("Account/accounts", $"{ResourceTypes.Accounts.Kind}/{ResourceTypes.Accounts.Plural}");
        Assert.Equal("AccountUser/accountusers", $"{ResourceTypes.AccountUsers.Kind}/{ResourceTypes.AccountUsers.Plural}");
        Assert.Equal("ScimToken/scimtokens", $"{ResourceTypes.ScimTokens.Kind}/{ResourceTypes.ScimTokens.Plural}");

        static string Attribute(Type kind)
        {
            var names = kind.GetCustomAttribute<CustomResourceAttribute>()!;
            return $"{names.Kind}/{names.Plural}";
        }
    }

    [Fact]
    public void Every_printer_column_shows_a_field_that_exists()
    {
        var fields = SchemaWalk.Fields().Select(f => f.Path).ToHashSet();
        var columns = Kinds.SelectMany(k => k.GetCustomAttributes<PrinterColumnAttribute>().Select(c => (Kind: k.Name, c.Name, c.JsonPath))).ToList();

        Assert.NotEmpty(columns);
        Assert.All(
            columns.Where(c => !c.JsonPath.StartsWith(".metadata.", StringComparison.Ordinal)),
            c => Assert.Contains(c.Kind + PlainPath(c.JsonPath), fields));
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Printer_columns_have_distinct_names_and_positions_without_gaps(string name)
    {
        var columns = Kinds.Single(k => k.Name == name).GetCustomAttributes<PrinterColumnAttribute>().ToList();

        Assert.Equal(columns.Count, columns.Select(c => c.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(Enumerable.Range(0, columns.Count), columns.Select(c => c.Order).Order());
        Assert.Contains(columns, c => c is { Name: "Ready", Priority: 0 });
    }

    public static TheoryData<string> KindNames() => [.. Kinds.Select(k => k.Name)];

    private static string PlainPath(string jsonPath) =>
        jsonPath.Replace("[?(@.type==\"Ready\")]", "[]", StringComparison.Ordinal)
            .Replace("[?(@.type==\"CutoverPending\")]", "[]", StringComparison.Ordinal);

    private static YamlMappingNode Crd(Type kind)
    {
        var plural = kind.GetCustomAttribute<CustomResourceAttribute>()!.Plural;
        return YamlFile.Read($"{Generator.DefaultCrdFolder}/{GroupVersion.Group}_{plural}.yaml").Single();
    }

    private static IEnumerable<YamlMappingNode> Nodes(YamlNode root) =>
        root.AllNodes.OfType<YamlMappingNode>();
}
