namespace ScimOperator.Cli.Input;

/// <summary>One key of a map and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyAt">Where the key stands.</param>
/// <param name="Value">The value.</param>
internal sealed record Entry(string Key, Position KeyAt, Node Value);
