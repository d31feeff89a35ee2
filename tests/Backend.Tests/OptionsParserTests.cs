using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Hosting;

namespace ScimOperator.Backend.Tests;

public sealed class OptionsParserTests
{
    [Fact]
    public void Every_option_is_read()
    {
        using var folder = new TestFolder();
        var cert = folder.File("cert");
        File.WriteAllText(cert, "");
        var options = Parse(
            $"--listen 0.0.0.0:0 --ready-file /r --data /d --account acme --plan business --max-tokens 2 --credential-file /c --admin a@x.test --admin=b@x.test "
            + $"--credential-admin a@x.test --no-last-use --rate-limit 9 --public-url https://x.test/y --tls-cert {cert} --tls-key {cert} --log-level debug");
        Assert.Equal("0.0.0.0:0", options.Listen.ToString());
        Assert.Equal(("/r", "/d", "acme", "/c"), (options.ReadyFile, options.Data, options.Account, options.CredentialFile));
        Assert.Equal((Plan.Business, 2, 9, 9), (options.Plan, options.MaxTokens, options.RateLimit, options.CredentialRateLimit));
        Assert.Equal(["a@x.test", "b@x.test"], options.Admins);
        Assert.Equal(("a@x.test", false, LogLevel.Debug), (options.CredentialAdmin, options.LastUse, options.LogLevel));
        Assert.Equal((cert, cert, "https://x.test/y"), (options.TlsCert, options.TlsKey, options.PublicUrl!.AbsoluteUri));
    }

    [Fact]
    public void Little_needs_to_be_said()
    {
        var options = Parse("--credential-file /c");
        Assert.Equal(("127.0.0.1:8080", ":memory:", true), (options.Listen.ToString(), options.Data, options.LastUse));
        Assert.Null(options.Plan);
        Assert.Null(options.MaxTokens);
        Assert.Equal((1000, null), (options.RateLimit, options.CredentialRateLimit));
    }

    [Fact]
    public void Requests_are_limited_as_far_as_is_said()
    {
        var options = Parse("--credential-file /c --rate-limit none");
        Assert.Null(options.RateLimit);
        Assert.Null(options.CredentialRateLimit);
    }

    [Fact]
    public void A_database_is_named_with_its_password_apart_and_is_never_printed()
    {
        var options = OptionsParser.Parse(
            ["--credential-file", "/c", "--store-password-file", "/p"], name => name == "SCIM_BACKEND_STORE" ? "Host=db;Password=s3cret" : null);
        Assert.Equal(("Host=db;Password=s3cret", "/p"), (options.Store, options.StorePasswordFile));
        Assert.DoesNotContain("s3cret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_speaks_where_the_command_line_is_silent()
    {
        var environment = new Dictionary<string, string>
        {
            ["SCIM_BACKEND_CREDENTIAL_FILE"] = "/env",
            ["SCIM_BACKEND_DATA"] = "/env-data",
            ["SCIM_BACKEND_ADMIN"] = "a@x.test, b@x.test",
            ["SCIM_BACKEND_NO_LAST_USE"] = "true",
        };
        var options = OptionsParser.Parse(["--data", "/given"], name => environment.GetValueOrDefault(name));
        Assert.Equal(("/env", "/given", false), (options.CredentialFile, options.Data, options.LastUse));
        Assert.Equal(["a@x.test", "b@x.test"], options.Admins);
    }

    [Theory]
    [InlineData("", "--credential-file")]
    [InlineData("--credential-file /c --nonsense", "--nonsense")]
    [InlineData("--credential-file /c extra", "extra")]
    [InlineData("--credential-file", "--credential-file")]
    [InlineData("--credential-file /c --data=", "--data")]
    [InlineData("--credential-file /c --data a --data b", "--data")]
    [InlineData("--credential-file /c --listen 8080", "--listen")]
    [InlineData("--credential-file /c --listen 127.0.0.1:99999", "--listen")]
    [InlineData("--credential-file /c --listen host.test:80", "--listen")]
    [InlineData("--credential-file /c --plan Gold", "--plan")]
    [InlineData("--credential-file /c --max-tokens 0", "--max-tokens")]
    [InlineData("--credential-file /c --max-tokens many", "--max-tokens")]
    [InlineData("--credential-file /c --rate-limit -1", "--rate-limit")]
    [InlineData("--credential-file /c --admin alice", "--admin")]
    [InlineData("--credential-file /c --credential-admin alice", "--credential-admin")]
    [InlineData("--credential-file /c --public-url ftp://x", "--public-url")]
    [InlineData("--credential-file /c --tls-cert /x", "--tls-key")]
    [InlineData("--credential-file /c --tls-cert /no/such --tls-key /no/such", "/no/such")]
    [InlineData("--credential-file /c --log-level loud", "--log-level")]
    [InlineData("--credential-file /c --data /d --store Host=x", "--store")]
    [InlineData("--credential-file /c --store-password-file /p", "--store")]
    [InlineData("--credential-file /c --rate-limit often", "none")]
    [InlineData("--credential-file /c --no-last-use=maybe", "--no-last-use")]
    public void What_cannot_be_is_refused_by_name(string args, string named) =>
        Assert.Contains(named, Assert.Throws<OptionsException>(() => Parse(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_credential_file_is_made_for_its_owner_only_and_then_kept()
    {
        using var folder = new TestFolder();
        var path = folder.File("credential");
        var made = CredentialFile.HashOf(path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal(made, CredentialFile.HashOf(path));
        Assert.DoesNotContain(Convert.ToHexString(made), File.ReadAllText(path), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("with a blank in the middle")]
    public void A_file_without_a_credential_is_refused_without_showing_it(string content)
    {
        using var folder = new TestFolder();
        var path = folder.File("credential");
        File.WriteAllText(path, content);
        var refused = Assert.Throws<OptionsException>(() => CredentialFile.HashOf(path));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("with a blank", refused.Message, StringComparison.Ordinal);
    }

    private static BackendOptions Parse(string args) => OptionsParser.Parse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), _ => null);
}
