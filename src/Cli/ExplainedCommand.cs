using System.CommandLine;

namespace ScimOperator.Cli;

/// <summary>A command with a line for lists of commands, and more to read in its own help.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="summary">One line.</param>
/// <param name="details">Shown after the options: what it does, what it needs, examples, exit codes.</param>
internal sealed class ExplainedCommand(string name, string summary, string details) : Command(name, summary)
{
    internal string Details => details;
}
