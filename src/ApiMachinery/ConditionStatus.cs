namespace ScimOperator.ApiMachinery;

/// <summary>The three values of a condition's status.</summary>
public static class ConditionStatus
{
    /// <summary>The condition holds.</summary>
    public const string True = "True";

    /// <summary>The condition does not hold.</summary>
    public const string False = "False";

    /// <summary>It could not be found out.</summary>
    public const string Unknown = "Unknown";
}
