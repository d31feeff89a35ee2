namespace ScimOperator.Cli.Checks;

/// <summary>An object that the change set touches.</summary>
/// <param name="Subject">The object.</param>
/// <param name="Act">created, updated or removed.</param>
/// <param name="Place">Where.</param>
internal sealed record ObjectChange(string Subject, string Act, Place Place);
