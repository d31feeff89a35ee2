namespace ScimOperator.Crds.Schema;

/// <summary>A CEL validation rule (x-kubernetes-validations, Kubernetes 1.25 and later; older servers ignore it and the webhook decides).</summary>
/// <param name="rule">The expression.</param>
/// <param name="message">What a person is told when it does not hold.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class CelRuleAttribute(string rule, string message) : Attribute
{
    /// <summary>The expression.</summary>
    public string Rule => rule;

    /// <summary>What a person is told when it does not hold.</summary>
    public string Message => message;
}
