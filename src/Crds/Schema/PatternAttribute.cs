namespace ScimOperator.Crds.Schema;

/// <summary>A regular expression (RE2) the string must match.</summary>
/// <param name="expression">The expression, anchored.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string expression) : Attribute
{
    /// <summary>The expression, anchored.</summary>
    public string Expression => expression;
}
