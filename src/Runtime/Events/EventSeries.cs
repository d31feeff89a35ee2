using System.Text.Json.Serialization;

namespace ScimOperator.Runtime.Events;

/// <summary>EventSeries: the same again.</summary>
internal sealed record EventSeries
{
    /// <summary>count: how often, the first time included.</summary>
    public int Count { get; init; }

    /// <summary>lastObservedTime: the last time.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset LastObservedTime { get; init; }
}
