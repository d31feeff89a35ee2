namespace ScimOperator.Crds.Schema;

/// <summary>Shortest and longest string (characters), list (items) or map (entries).</summary>
/// <param name="min">Smallest length.</param>
/// <param name="max">Largest length.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthAttribute(int min, int max) : Attribute
{
    /// <summary>Smallest length.</summary>
    public int Min => min;

    /// <summary>Largest length.</summary>
    public int Max => max;
}
