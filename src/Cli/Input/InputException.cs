namespace ScimOperator.Cli.Input;

/// <summary>The one way in which reading input fails: a problem with a position.</summary>
internal sealed class InputException(InputProblem problem) : Exception(problem.Message)
{
    internal InputException(Position at, string message)
        : this(new InputProblem(at, message))
    {
    }

    /// <summary>What is wrong, and where.</summary>
    internal InputProblem Problem => problem;
}
