namespace ScimOperator.Cli.Tokens;

/// <summary>How far an object has come towards what it is followed for.</summary>
/// <param name="Kind">Under way, reached or stuck.</param>
/// <param name="Message">What is the case, and what it waits for; for people.</param>
internal sealed record Progress(ProgressKind Kind, string Message)
{
    internal static Progress Pending(string message) => new(ProgressKind.Pending, message);

    internal static Progress Done(string message) => new(ProgressKind.Done, message);

    internal static Progress Failed(string message) => new(ProgressKind.Failed, message);
}
