namespace ScimOperator.Crds.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1ms", 1)]
    [InlineData("1.5s", 1500)]
    [InlineData("90s", 90_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1h30m10s500ms", 5_410_500)]
    [InlineData("2160h", 7_776_000_000)]
    [InlineData("0.1h", 360_000)]
    [InlineData("30m1h", 5_400_000)]
    public void Reads_what_Kubernetes_writes(string text, long milliseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10 m")]
    [InlineData(" 10m")]
    [InlineData("10m ")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1d")]
    [InlineData("1,5s")]
    [InlineData("1.5.5s")]
    [InlineData("1/2s")]
    [InlineData(".s")]
    [InlineData("1e3s")]
    [InlineData("PT10M")]
    [InlineData("10minutes")]
    [InlineData("99999999999999999999h")]
    [InlineData("9223372036854775807h")]
    public void Refuses_what_is_no_duration_or_too_long(string? text)
    {
        Assert.False(GoDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.Zero, value);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(5, "0.005s")]
    [InlineData(1500, "1.5s")]
    [InlineData(45_000, "45s")]
    [InlineData(60_000, "1m")]
    [InlineData(61_500, "1m1.5s")]
    [InlineData(3_600_000, "1h")]
    [InlineData(3_605_000, "1h5s")]
    [InlineData(5_400_000, "1h30m")]
    [InlineData(59_999, "59.999s")]
    [InlineData(172_800_000, "48h")]
    public void Writes_the_shortest_usual_form(long milliseconds, string expected)
    {
        Assert.Equal(expected, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public void Cuts_off_what_is_below_a_millisecond_instead_of_rounding_up_to_the_next_unit()
    {
        Assert.Equal("59.999s", GoDuration.Format(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Does_not_write_a_negative_duration()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GoDuration.Format(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var random = new Random(20260801);
        for (var i = 0; i < 2000; i++)
        {
            var value = TimeSpan.FromMilliseconds(random.NextInt64(0, 1L << random.Next(1, 45)));

            var text = GoDuration.Format(value);

            Assert.True(GoDuration.TryParse(text, out var read), text);
            Assert.True(value == read, $"{value} was written as {text} and read as {read}");
        }
    }

    [Fact]
    public void What_it_writes_is_what_the_schema_admits()
    {
        var schema = SchemaWalk.Fields().Single(f => f.Path == "Account.spec.resyncInterval").Schema;
        long[] samples = [0, 5, 999, 60_000, 61_500, 3_600_000, 3_605_001, 7_776_000_000];

        Assert.All(samples, ms => Assert.Matches(schema.Pattern!, GoDuration.Format(TimeSpan.FromMilliseconds(ms))));
    }

    [Theory]
    [InlineData("5m", 300)]
    [InlineData("nonsense", 60)]
    [InlineData(null, 60)]
    public void Falls_back_when_absent_or_malformed(string? text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), GoDuration.ParseOr(text, TimeSpan.FromMinutes(1)));
    }
}
