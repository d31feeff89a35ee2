namespace ScimOperator.Crds.Schema;

/// <summary>Longest string in a list or map of strings.</summary>
/// <param name="max">Largest length in characters.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemLengthAttribute(int max) : Attribute
{
    /// <summary>Largest length in characters.</summary>
    public int Max => max;
}
