namespace ScimOperator.CrdGen;

/// <summary>A CEL rule of a schema node.</summary>
/// <param name="Rule">The expression.</param>
/// <param name="Message">What a person is told when it does not hold.</param>
public sealed record SchemaRule(string Rule, string Message);
