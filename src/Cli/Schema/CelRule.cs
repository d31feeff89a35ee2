namespace ScimOperator.Cli.Schema;

/// <summary>A rule of x-kubernetes-validations.</summary>
/// <param name="Expression">The CEL expression.</param>
/// <param name="Message">What a person is told when it does not hold.</param>
internal sealed record CelRule(string Expression, string Message);
