using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Tests;

public sealed class FilterTests
{
    private static readonly JsonObject User = (JsonObject)JsonNode.Parse("""
        {"id":"usr_1","userName":"Bjensen@acme.test","externalId":"Ext1","active":true,"userType":"Admin","title":"Tour (Guide) \"x\"",
         "name":{"givenName":"Barbara","familyName":"Jensen"},
         "emails":[{"value":"b@acme.test","type":"work","primary":true},{"value":"b@home.test","type":"home"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales","manager":{"value":"usr_9"}},
         "meta":{"created":"2026-01-01T00:00:00.000Z","lastModified":"2026-02-01T00:00:00.000Z"}}
        """)!;

    [Theory]
    [InlineData("userName eq \"bjensen@ACME.test\"", true)]
    [InlineData("USERNAME EQ \"bjensen@acme.test\"", true)]
    [InlineData("externalId eq \"ext1\"", false)]
    [InlineData("externalId eq \"Ext1\"", true)]
    [InlineData("externalId ne \"ext1\"", true)]
    [InlineData("active eq true", true)]
    [InlineData("active eq \"True\"", true)]
    [InlineData("active eq false", false)]
    [InlineData("active ne false", true)]
    [InlineData("active co true", false)]
    [InlineData("userType eq \"admin\"", true)]
    [InlineData("name.familyName co \"ens\"", true)]
    [InlineData("name.familyName sw \"jen\"", true)]
    [InlineData("name.familyName ew \"sen\"", true)]
    [InlineData("title eq \"Tour (Guide) \\\"x\\\"\"", true)]
    [InlineData("nickName pr", false)]
    [InlineData("title pr", true)]
    [InlineData("nickName eq \"x\"", false)]
    [InlineData("nickName ne \"x\"", false)]
    [InlineData("nickName eq null", true)]
    [InlineData("title eq null", false)]
    [InlineData("not (nickName pr)", true)]
    [InlineData("unheardOf eq \"x\"", false)]
    [InlineData("emails eq \"b@home.test\"", true)]
    [InlineData("emails.value co \"@HOME\"", true)]
    [InlineData("emails[type eq \"work\" and value co \"home\"]", false)]
    [InlineData("emails.type eq \"work\" and emails.value co \"home\"", true)]
    [InlineData("emails[type eq \"home\" and not (primary eq true)]", true)]
    [InlineData("emails[type eq \"work\"].value eq \"b@acme.test\"", true)]
    [InlineData("emails[type eq \"home\"].value eq \"b@acme.test\"", false)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"bj\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"sales\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"usr_9\"", true)]
    [InlineData("meta.created lt \"2026-01-01T01:00:01+01:00\"", true)]
    [InlineData("meta.created ge \"2026-01-01T00:00:00Z\"", true)]
    [InlineData("meta.lastModified gt \"2026-02-01T00:00:00Z\"", false)]
    [InlineData("active eq true or active eq true and active eq false", true)]
    [InlineData("(active eq true or active eq true) and active eq false", false)]
    [InlineData("not (active eq true) or title pr", true)]
    [InlineData("not (active eq true or title pr)", false)]
    [InlineData("  userName   eq   \"bjensen@acme.test\"  ", true)]
    public void A_filter_matches_as_the_standard_says(string filter, bool expected) =>
        Assert.Equal(expected, FilterEvaluator.Matches(User, FilterParser.Parse(filter), UserSchemas.Type));

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq bjensen")]
    [InlineData("userName is \"x\"")]
    [InlineData("userName eq \"x")]
    [InlineData("userName eq \"\\q\"")]
    [InlineData("\"userName\" eq \"x\"")]
    [InlineData("userName eq \"x\" and")]
    [InlineData("userName eq \"x\" userName pr")]
    [InlineData("(userName pr")]
    [InlineData("userName pr)")]
    [InlineData("not userName pr")]
    [InlineData("emails[type eq \"x\"")]
    [InlineData("emails[]")]
    [InlineData("a.b.c eq \"x\"")]
    [InlineData("1a eq \"x\"")]
    [InlineData("urn:x pr pr")]
    public void What_is_no_filter_is_refused_as_invalid_filter(string filter)
    {
        var refusal = Assert.Throws<RefusedException>(() => FilterParser.Parse(filter)).Refusal;
        Assert.Equal((400, "invalidFilter"), (refusal.Status, refusal.ScimType));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_filter_whether_escaped_or_not() => Assert.All(
        (string[])["title eq \"\ud83d\"", "title eq \"\\ud83d\""],
        f => Assert.Equal("invalidFilter", Assert.Throws<RefusedException>(() => FilterParser.Parse(f)).Refusal.ScimType));

    [Fact]
    public void Nesting_length_and_terms_are_limited()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 100)) + "title pr" + new string(')', 100);
        var many = string.Join(" or ", Enumerable.Repeat("title pr", 300));
        var longest = $"title eq \"{new string('x', 9000)}\"";
        Assert.All((string[])[deep, many, longest], f => Assert.Equal("invalidFilter", Assert.Throws<RefusedException>(() => FilterParser.Parse(f)).Refusal.ScimType));
    }

    [Fact]
    public void Random_text_is_parsed_or_refused_and_nothing_else()
    {
        string[] pieces = ["userName", "emails", "[", "]", "(", ")", "eq", "pr", "not", "and", "or", "\"x\"", "\"", "\\", ".value", "true", "null", "1.5", " ", "urn:", ":", "ü"];
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(12); n >= 0; n--)
            {
                text.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
            }

            try
            {
                FilterEvaluator.Matches(User, FilterParser.Parse(text.ToString()), UserSchemas.Type);
            }
            catch (RefusedException e)
            {
                Assert.Equal("invalidFilter", e.Refusal.ScimType);
            }
        }
    }
}
