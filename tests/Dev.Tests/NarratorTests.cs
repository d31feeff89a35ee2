using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Tests;

public sealed class NarratorTests
{
    private readonly StringWriter screen = new();

    [Fact]
    public void A_command_is_shown_as_it_would_be_typed_with_its_output_indented()
    {
        var narrator = new Narrator(screen, useColour: false) { Repository = new RepositoryLayout("/clone") };

        narrator.Typed(new KubectlCall(["patch", "x", "--patch={\"a\":1}", "-f", "/clone/artifacts/y"], new CommandResult(1, "", "Error: one\ntwo\n")));

        Assert.Equal("  $ kubectl patch x '--patch={\"a\":1}' -f artifacts/y\n    Error: one\n    two\n", screen.ToString());
    }

    [Fact]
    public void Nothing_is_coloured_where_nobody_looks()
    {
        var narrator = new Narrator(screen, useColour: false);

        narrator.Title("title");
        narrator.Pass("one");
        narrator.Fail("two");

        Assert.DoesNotContain('\e', screen.ToString());
    }

    [Fact]
    public void A_sourced_file_gives_back_what_was_written_whatever_it_holds()
    {
        var text = EnvironmentFile.Format(new Dictionary<string, string> { ["PLAIN"] = "/a/b", ["ODD"] = "it's $HOME" });

        Assert.Equal("export PLAIN=/a/b\nexport ODD='it'\\''s $HOME'\n", text);
    }
}
