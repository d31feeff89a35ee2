namespace ScimOperator.Crds.Schema;

/// <summary>Smallest and largest number.</summary>
/// <param name="min">Smallest value.</param>
/// <param name="max">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(long min, long max) : Attribute
{
    /// <summary>Smallest value.</summary>
    public long Min => min;

    /// <summary>Largest value.</summary>
    public long Max => max;
}
