using System.Text.RegularExpressions;

namespace ScimOperator.Crds.Tests;

/// <summary>The patterns as a server applies them: to the whole schema field, with its length.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("Account.spec.url", "https://acme.example.com")]
    [InlineData("Account.spec.url", "http://127.0.0.1:8080")]
    [InlineData("Account.spec.url", "http://[::1]:8080/base")]
    [InlineData("AccountUser.spec.email", "alice@example.com")]
    [InlineData("AccountUser.spec.email", "Ünï.cödé+tag@bücher.example")]
    [InlineData("AccountUser.spec.accountRef.name", "acme")]
    [InlineData("AccountUser.spec.accountRef.name", "acme.eu-1")]
    [InlineData("ScimToken.spec.secret.keys.token", "SCIM_TOKEN")]
    [InlineData("ScimToken.spec.expiresAfter", "2160h")]
    public void Admits(string path, string value)
    {
        Assert.True(IsAdmitted(path, value));
    }

    [Theory]
    [InlineData("Account.spec.url", "")]
    [InlineData("Account.spec.url", "acme.example.com")]
    [InlineData("Account.spec.url", "ftp://acme.example.com")]
    [InlineData("Account.spec.url", "https://acme.example.com/?x=1")]
    [InlineData("Account.spec.url", "https://acme.example.com/#x")]
    [InlineData("Account.spec.url", "https://acme example.com")]
    [InlineData("AccountUser.spec.email", "alice")]
    [InlineData("AccountUser.spec.email", "alice@a@b")]
    [InlineData("AccountUser.spec.email", "alice @example.com")]
    [InlineData("AccountUser.spec.accountRef.name", "Acme")]
    [InlineData("AccountUser.spec.accountRef.name", "../acme")]
    [InlineData("AccountUser.spec.accountRef.name", "acme-")]
    [InlineData("ScimToken.spec.secret.keys.token", "a/b")]
    [InlineData("ScimToken.spec.expiresAfter", "90d")]
    [InlineData("ScimToken.spec.expiresAfter", "-1h")]
    public void Refuses(string path, string value)
    {
        Assert.False(IsAdmitted(path, value));
    }

    private static bool IsAdmitted(string path, string value)
    {
        var schema = SchemaWalk.Fields().Single(f => f.Path == path).Schema;
        return value.Length >= (schema.MinLength ?? 0) && value.Length <= schema.MaxLength && Regex.IsMatch(value, schema.Pattern!);
    }
}
