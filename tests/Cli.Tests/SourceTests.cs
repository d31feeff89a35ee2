using System.Diagnostics;

namespace ScimOperator.Cli.Tests;

/// <summary>Where the two sides come from: folders, git revisions, a stream.</summary>
public sealed class SourceTests
{
    private const string User = "apiVersion: scim-operator.io/v1alpha1\nkind: AccountUser\nmetadata: {name: alice, namespace: acme}\nspec:\n  accountRef: {name: acme}\n  email: alice@example.com\n  userType: Admin\n";
    private const string Token = "apiVersion: scim-operator.io/v1alpha1\nkind: ScimToken\nmetadata: {name: okta, namespace: acme}\nspec:\n  accountRef: {name: acme}\n  ownerRef: {name: alice}\n  secret: {name: okta-scim}\n";
    private static readonly string Demoted = User.Replace("Admin", "Member", StringComparison.Ordinal);

    [Fact]
    public async Task Reads_two_git_revisions_and_names_files_as_the_repository_does()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "clusters/prod/ünï code.yaml", User + "---\n" + Token);
        Commit(folder, "clusters/prod/ünï code.yaml", Demoted + "---\n" + Token);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD~1", "--head", "HEAD");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("denied  clusters/prod/ünï code.yaml:7:3  admin_holds_scim_token\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_revision_against_the_working_tree_and_only_below_the_path()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "prod/a.yaml", User + "---\n" + Token);
        folder.Write("prod/a.yaml", Demoted + "---\n" + Token);
        folder.Write("other/broken.yaml", "a: [\n");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", ".", "--path", "prod");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("denied  prod/a.yaml:7:3", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", ".")).ExitCode);
    }

    [Fact]
    public async Task A_path_that_neither_revision_has_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "prod/a.yaml", User);
        Assert.Equal(0, (await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", "HEAD", "--path", "prod/")).ExitCode);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", "HEAD", "--path", "pord");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  pord:1:1\n  neither HEAD nor HEAD has a manifest file below pord", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_hundreds_of_files_of_a_revision()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 600; i++)
        {
            folder.Write($"m/{i}.yaml", User.Replace("alice", $"user{i}", StringComparison.Ordinal) + new string('#', 4_000) + "\n");
        }

        Commit(folder, "m/token.yaml", Token.Replace("alice", "user7", StringComparison.Ordinal));
        File.Delete(Path.Combine(folder.Path, "m/9.yaml"));
        Commit(folder, "m/7.yaml", Demoted.Replace("alice", "user7", StringComparison.Ordinal));
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD~1", "--head", "HEAD");
        Assert.StartsWith("denied  m/7.yaml:7:3", run.Output, StringComparison.Ordinal);
        Assert.Contains("denied: 2 changed objects", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--upload-pack=touch x")]
    [InlineData("HEAD; touch x")]
    [InlineData("HEAD:a.yaml")]
    public async Task A_name_that_is_neither_folder_nor_revision_is_bad_input(string side)
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "a.yaml", User);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", $"--head={side}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("neither a folder nor a git revision", run.Output + run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "x")));
    }

    [Fact]
    public async Task Outside_a_repository_a_revision_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", User);
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "git:main", "--head", "dir:.");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("main is neither a folder nor a git revision that can be read here (git: fatal: not a git repository", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefixes_decide_where_a_folder_and_a_branch_have_one_name()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "a.yaml", User + "---\n" + Token);
        Git(folder, "branch", "main-2");
        folder.Write("main-2/a.yaml", Demoted + "---\n" + Token);
        Assert.Equal(0, (await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", "git:main-2")).ExitCode);
        Assert.Equal(1, (await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", "main-2")).ExitCode);
        Assert.Contains("there is no folder main-3", (await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD", "--head", "dir:main-3")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", "base")]
    [InlineData("base", "-")]
    public async Task Reads_one_side_from_a_stream(string before, string after)
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", User + "---\n" + Token);
        var stream = "# Source: kustomize\n---\n" + Token + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: acme}\n---\n" + Demoted;
        var run = await CliRun.InAsync(folder.Path, stream, "check", "--base", before, "--head", after);
        Assert.Equal(after == "-" ? 1 : 0, run.ExitCode);
        if (after == "-")
        {
            Assert.StartsWith("denied  stdin:21:3", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Both_sides_from_the_stream_is_bad_input()
    {
        var run = await CliRun.InAsync(Path.GetTempPath(), "", "check", "--base", "-", "--head", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  stdin:1:1\n  standard input can be one side only", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symbolic_links_are_not_followed_and_those_that_lead_out_are_errors()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", User);
        folder.Write("head/a.yaml", User);
        folder.Write("outside/secret.yaml", "password: [hunter2\n");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "head/inside.yaml"), "a.yaml");
        Assert.Equal(0, (await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head")).ExitCode);

        File.CreateSymbolicLink(Path.Combine(folder.Path, "head/out.yaml"), "../outside/secret.yaml");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "head/way-out"), "../outside");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "head/loop"), ".");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("invalid  head/out.yaml:1:1\n  this symbolic link leads out of the folder", run.Output, StringComparison.Ordinal);
        Assert.Contains("invalid  head/way-out:1:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 invalid", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symbolic_links_of_a_revision_are_not_followed_either()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "m/a.yaml", User);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "m/inside.yaml"), "../m/a.yaml");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "m/out.yaml"), "../../etc/passwd");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "m/absolute.yaml"), "/etc/passwd");
        Commit(folder, "m/b.txt", "x");
        var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "HEAD~1", "--head", "HEAD");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("invalid  m/absolute.yaml:1:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("invalid  m/out.yaml:1:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 invalid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_pipe_is_not_waited_for()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", User);
        folder.Write("head/a.yaml", User);
        Run(folder, "mkfifo", "head/pipe.yaml");
        Assert.Equal(0, (await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head")).ExitCode);
    }

    [Fact]
    public async Task Objects_without_a_namespace_belong_to_the_one_given()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/a.yaml", User + "---\n" + Token);
        folder.Write("head/a.yaml", Demoted.Replace(", namespace: acme", "", StringComparison.Ordinal) + "---\n" + Token);
        Assert.Contains("AccountUser acme/alice can't be demoted", (await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head", "-n", "acme")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountUser acme/alice can't be demoted", (await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head")).Output, StringComparison.Ordinal);
    }

    private static void Commit(TemporaryFolder folder, string file, string content)
    {
        folder.Write(file, content);
        if (!Directory.Exists(Path.Combine(folder.Path, ".git")))
        {
            Git(folder, "init", "--quiet");
        }

        Git(folder, "add", "--all");
        Git(folder, "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", "x");
    }

    private static void Git(TemporaryFolder folder, params string[] arguments) => Run(folder, "git", arguments);

    private static void Run(TemporaryFolder folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
