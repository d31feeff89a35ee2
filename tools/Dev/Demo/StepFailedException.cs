namespace ScimOperator.Dev.Demo;

/// <summary>A step did not behave; the message says what was expected and what was seen.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
