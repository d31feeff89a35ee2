using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Operator.Reporting;

/// <summary>
/// Builds a condition list: stamps the generation, keeps lastTransitionTime while a status stays the same, drops what no
/// longer applies, and sorts Ready first. A new set from the same input is equal to the old one.
/// </summary>
public sealed class ConditionSet(IReadOnlyList<Condition>? previous, long? generation, DateTimeOffset now)
{
    /// <summary>Longest message, well below the schema's limit.</summary>
    private const int LongestMessage = 4096;

    private readonly Dictionary<string, Condition> conditions = new(StringComparer.Ordinal);

    /// <summary>Sets one condition.</summary>
    public ConditionSet Set(string type, string status, string reason, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var before = previous?.FirstOrDefault(c => c.Type == type);
        conditions[type] = new Condition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message.Length > LongestMessage ? message[..LongestMessage] : message,
            ObservedGeneration = generation,
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime : WholeSeconds(now),
        };
        return this;
    }

    /// <summary>Sets a condition that is present only while it holds.</summary>
    public ConditionSet SetIf(bool holds, string type, string reason, string message) =>
        holds ? Set(type, ConditionStatus.True, reason, message) : this;

    /// <summary>Keeps a condition as it was, with the generation it was computed for: nothing new could be observed of it.</summary>
    public ConditionSet Keep(string type)
    {
        if (previous?.FirstOrDefault(c => c.Type == type) is { } before)
        {
            conditions[type] = before;
        }

        return this;
    }

    /// <summary>The list, Ready first.</summary>
    public IReadOnlyList<Condition> ToList() => InOrder([.. conditions.Values])!;

    /// <summary>A list in the order of this set, whatever order the server keeps it in.</summary>
    public static IReadOnlyList<Condition>? InOrder(IReadOnlyList<Condition>? list) =>
        list is null ? null : [.. list.OrderBy(c => c.Type == ConditionTypes.Ready ? 0 : 1).ThenBy(c => c.Type, StringComparer.Ordinal)];

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
