namespace ScimOperator.Cli;

/// <summary>A command can't go on. The message is for people: what, which object, and what to do next.</summary>
/// <param name="message">For people.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class CliException(string message, int exitCode = ExitCodes.Unknown, Exception? inner = null) : Exception(message, inner)
{
    internal int ExitCode => exitCode;
}
