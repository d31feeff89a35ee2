namespace ScimOperator.ControlPlanes.Tests;

public sealed class KubernetesVersionTests
{
    [Theory]
    [InlineData("v1.36.2", 1, 36)]
    [InlineData("v1.30.1+k3s1", 1, 30)]
    [InlineData("1.20.2-debian", 1, 20)]
    public void A_version_is_read(string text, int major, int minor) =>
        Assert.Equal(new KubernetesVersion(major, minor, text), KubernetesVersion.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("v1")]
    public void What_is_no_version_is_refused(string text) => Assert.Throws<FormatException>(() => KubernetesVersion.Parse(text));

    [Fact]
    public void Versions_are_compared_by_major_then_minor()
    {
        var version = KubernetesVersion.Parse("v1.30.4");
        Assert.True(version.IsAtLeast(1, 30));
        Assert.True(version.IsAtLeast(0, 99));
        Assert.False(version.IsAtLeast(1, 31));
        Assert.False(version.IsAtLeast(2, 0));
    }
}
