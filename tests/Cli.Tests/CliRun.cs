using System.Text;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Cli.Cluster;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Tests;

/// <summary>One run of the command line, in this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    internal static DateTimeOffset Now { get; } = new(2026, 8, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A run against a cluster, whose current namespace is acme.</summary>
    internal static async Task<CliRun> OnAsync(IKubeClient cluster, params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment(output, error, Stream.Null, ".", new FakeTimeProvider(Now), Colour: false)
        {
            Connect = request => new ClusterConnection(cluster, request.Namespace ?? "acme"),
        };
        var exitCode = await CommandLine.RunAsync(arguments, environment);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    internal static async Task<CliRun> InAsync(string folder, string input, params string[] arguments) =>
        await InAsync(folder, Encoding.UTF8.GetBytes(input), colour: false, arguments);

    internal static async Task<CliRun> InAsync(string folder, byte[] input, bool colour, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var stdin = new MemoryStream(input);
        var environment = new CliEnvironment(output, error, stdin, folder, new FakeTimeProvider(Now), colour);
        var exitCode = await CommandLine.RunAsync(arguments, environment);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
