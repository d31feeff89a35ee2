using ScimOperator.Cli.Cluster;

namespace ScimOperator.Cli;

/// <summary>What the process is given by its surroundings; tests give their own.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Input">Standard input.</param>
/// <param name="WorkingDirectory">The folder that relative names start from.</param>
/// <param name="Time">The clock.</param>
/// <param name="Colour">Whether output may be coloured.</param>
internal sealed record CliEnvironment(TextWriter Output, TextWriter Error, Stream Input, string WorkingDirectory, TimeProvider Time, bool Colour)
{
    /// <summary>Makes the connection to the cluster that a command names.</summary>
    internal Func<ClusterRequest, ClusterConnection> Connect { get; init; } = request => ClusterConnection.Open(request, TimeProvider.System);

    /// <summary>That of the running process. Colour needs a terminal, and NO_COLOR (https://no-color.org) turns it off.</summary>
    internal static CliEnvironment OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.OpenStandardInput(),
        Environment.CurrentDirectory,
        TimeProvider.System,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb");
}
