namespace ScimOperator.Operator.Tests;

public sealed class OptionsParserTests
{
    [Fact]
    public void Reads_both_spellings()
    {
        var options = OptionsParser.Parse(["--namespace=ns", "--workers", "3", "--webhook-host", "127.0.0.1", "--webhook-host=localhost", "--leader-elect=false"]);
        Assert.Equal(("ns", 3, false), (options.Namespace, options.Workers, options.LeaderElect));
        Assert.Equal(["127.0.0.1", "localhost"], options.WebhookHosts);
    }

    [Theory]
    [InlineData("namespace", "options begin with --")]
    [InlineData("--namespace", "--namespace needs a value")]
    [InlineData("--nonsense=1", "There is no option --nonsense")]
    [InlineData("--workers=0", "is not a number from 1 to 256")]
    [InlineData("--webhook-port=99999", "is not a number from 0 to 65535")]
    [InlineData("--leader-elect=yes", "neither true nor false")]
    [InlineData("--log-level=Loud", "none of Debug")]
    [InlineData("--kubeconfig=/does/not/exist", "there is no file")]
    [InlineData("--bind-address=here", "is no IP address")]
    public void Refuses_what_it_does_not_understand_and_says_why(string argument, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => OptionsParser.Parse([argument])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--leader-elect-lease-duration=10")]
    [InlineData("--leader-elect-renew-deadline=15")]
    [InlineData("--leader-elect-retry-period=9")]
    public void Refuses_leases_that_would_be_lost_for_no_reason(string argument) =>
        Assert.Contains("--leader-elect-renew-deadline", Assert.Throws<FormatException>(() => OptionsParser.Parse([argument])).Message, StringComparison.Ordinal);

    [Fact]
    public void Takes_a_shorter_lease_whose_times_fit_together()
    {
        var options = OptionsParser.Parse(["--leader-elect-lease-duration=3", "--leader-elect-renew-deadline=2", "--leader-elect-retry-period=1"]);
        Assert.Equal(TimeSpan.FromSeconds(3), options.LeaderElectLeaseDuration);
    }

    [Fact]
    public void The_help_names_every_option()
    {
        var properties = typeof(OperatorOptions).GetProperties().Select(p => p.Name).Where(n => n is not ("EqualityContract" or "LogJson")).ToList();
        foreach (var name in properties)
        {
            var option = "--" + string.Concat(name.TrimEnd('s').Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
            Assert.Contains(option, OptionsParser.Help, StringComparison.Ordinal);
        }
    }
}
