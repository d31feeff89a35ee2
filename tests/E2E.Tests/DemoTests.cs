using ScimOperator.Dev;
using ScimOperator.Dev.Demo;
using ScimOperator.DevEnvironments;

namespace ScimOperator.E2E.Tests;

/// <summary>
/// The whole story on the published binaries, two replicas under their own ServiceAccount, a real API server, a real
/// database, an identity provider that never pauses; and again with one part killed in the middle of it.
/// </summary>
public sealed class DemoTests
{
    [Theory]
    [InlineData("None")]
    [InlineData("Leader")]
    [InlineData("ApiServer")]
    [InlineData("Backend")]
    public async Task Ends_in_the_declared_state_and_the_identity_provider_is_never_refused_whatever_is_killed(string kill)
    {
        var output = new StringWriter();
        var narrator = new Narrator(TextWriter.Synchronized(output), useColour: false);

        var exitCode = await new DemoCommand(RepositoryLayout.Find(), narrator, TimeProvider.System, new DemoOptions(Enum.Parse<KillTarget>(kill)))
            .RunAsync(CancellationToken.None);

        Assert.True(exitCode == 0, output.ToString());
    }
}
