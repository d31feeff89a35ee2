using System.Text.Json.Nodes;
using ScimOperator.Crds;
using ScimOperator.Drivers.Scim;

namespace ScimOperator.Drivers.Tests.Scim;

public sealed class UserTypeMappingTests
{
    private const string Call = "GET /Users";
    private const string Tier = "urn:ietf:params:scim:schemas:extension:acme:2.0:User:tier";
    private static readonly ScimUserTypeValues Words = new() { Admin = "administrator", Guest = "external" };

    [Theory]
    [InlineData(null, """{"userType":"Admin"}""", UserType.Admin)]
    [InlineData(null, """{"UserType":"aDMIN"}""", UserType.Admin)]
    [InlineData(null, """{"userType":"Employee"}""", UserType.Member)]
    [InlineData(null, "{}", UserType.Member)]
    [InlineData("roles", """{"roles":[{"value":"external"},{"value":"Administrator"}]}""", UserType.Admin)]
    [InlineData("roles", """{"roles":["external"]}""", UserType.Guest)]
    [InlineData("roles", """{"roles":[{"display":"administrator"}]}""", UserType.Member)]
    [InlineData("roles", "{}", UserType.Member)]
    [InlineData(Tier, """{"urn:ietf:params:scim:schemas:extension:acme:2.0:User":{"tier":"external"}}""", UserType.Guest)]
    [InlineData(Tier, """{"tier":"external"}""", UserType.Member)]
    public void Reads_the_most_powerful_type_whose_word_is_there(string? attribute, string user, UserType type) =>
        Assert.Equal(type, Mapping(attribute).Read(Parse(user), Call));

    [Theory]
    [InlineData(null, """{"userType":"Member","title":"Dr"}""", UserType.Admin, """{"userType":"Admin","title":"Dr"}""")]
    [InlineData("userType", """{"userType":"administrator"}""", UserType.Member, "{}")]
    [InlineData("roles", """{"roles":[{"value":"auditor","x":1},{"value":"external"}]}""", UserType.Admin, """{"roles":[{"value":"auditor","x":1},{"value":"administrator"}]}""")]
    [InlineData("roles", """{"roles":["auditor"]}""", UserType.Guest, """{"roles":["auditor","external"]}""")]
    [InlineData("roles", """{"roles":[{"value":"Administrator","primary":true}]}""", UserType.Admin, """{"roles":[{"value":"Administrator","primary":true}]}""")]
    [InlineData("roles", """{"roles":[{"value":"administrator"}]}""", UserType.Member, "{}")]
    [InlineData("ROLES", "{}", UserType.Guest, """{"ROLES":[{"value":"external"}]}""")]
    [InlineData(Tier, """{"schemas":["a"]}""", UserType.Admin, """{"schemas":["a","urn:ietf:params:scim:schemas:extension:acme:2.0:User"],"urn:ietf:params:scim:schemas:extension:acme:2.0:User":{"tier":"administrator"}}""")]
    [InlineData(Tier, """{"urn:ietf:params:scim:schemas:extension:acme:2.0:User":{"tier":"external","seat":4.10}}""", UserType.Member, """{"urn:ietf:params:scim:schemas:extension:acme:2.0:User":{"seat":4.10}}""")]
    [InlineData(Tier, "{}", UserType.Member, "{}")]
    public void Writes_the_type_and_nothing_else(string? attribute, string before, UserType type, string after)
    {
        var user = Parse(before);
        Mapping(attribute).Write(user, type, Call);
        Assert.True(JsonNode.DeepEquals(Parse(after), user), user.ToJsonString());
        var again = user.ToJsonString();
        Mapping(attribute).Write(user, type, Call);
        Assert.Equal(again, user.ToJsonString());
        Assert.Equal(type, Mapping(attribute).Read(user, Call));
    }

    [Fact]
    public void A_type_without_a_word_is_refused_unless_it_is_the_one_for_everybody_else()
    {
        var mapping = Mapping("roles");
        mapping.Require(UserType.Member);
        mapping.Require(UserType.Guest);
        var e = Assert.Throws<BackendException>(() => mapping.Require(UserType.Viewer));
        Assert.Equal(BackendError.Refused, e.Error);
        Assert.Contains("has no word for the type Viewer", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("userName", "administrator", null, "name another attribute")]
    [InlineData("ACTIVE", "administrator", null, "name another attribute")]
    [InlineData("urn:x:", "administrator", null, "name another attribute")]
    [InlineData("roles", null, null, "must have a word for Admin")]
    [InlineData("roles", "administrator", UserType.Admin, "otherwise must not be Admin")]
    [InlineData("roles", "EXTERNAL", null, "the same word twice")]
    public void Settings_that_can_not_work_are_refused(string attribute, string? admin, UserType? otherwise, string says)
    {
        var settings = new ScimUserType { Attribute = attribute, Values = Words with { Admin = admin }, Otherwise = otherwise };
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new UserTypeMapping(settings)).Message, StringComparison.Ordinal);
    }

    private static UserTypeMapping Mapping(string? attribute) => new(attribute is null ? null : new ScimUserType { Attribute = attribute, Values = Words });

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
