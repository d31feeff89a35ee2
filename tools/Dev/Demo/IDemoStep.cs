namespace ScimOperator.Dev.Demo;

/// <summary>One step of the story.</summary>
internal interface IDemoStep
{
    /// <summary>What it shows.</summary>
    string Title { get; }

    /// <summary>Plays it and verifies what it claims.</summary>
    /// <exception cref="StepFailedException">It does not behave.</exception>
    Task RunAsync(Stage stage, CancellationToken stop);
}
