using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Tokens;

/// <summary>Questions asked of a status' conditions.</summary>
internal static class ConditionExtensions
{
    /// <summary>The condition of a type, provided that it speaks of this generation of the object; null otherwise.</summary>
    internal static Condition? Current(this IReadOnlyList<Condition>? conditions, string type, long? generation) =>
        conditions?.FirstOrDefault(c => c.Type == type && (c.ObservedGeneration is null || generation is null || c.ObservedGeneration >= generation));

    /// <summary>Whether the condition is there and True.</summary>
    internal static bool IsTrue(this Condition? condition) => condition?.Status == ConditionStatus.True;

    /// <summary>As messages quote it: <c>Ready is False (Rehoming): ...</c></summary>
    internal static string Describe(this Condition condition) => $"{condition.Type} is {condition.Status} ({condition.Reason}): {condition.Message}";
}
