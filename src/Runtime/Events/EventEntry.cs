using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Events;

/// <summary>One event and its repetitions.</summary>
internal sealed class EventEntry(ObjectKey name, long at)
{
    /// <summary>Namespace and name of the event object.</summary>
    public ObjectKey Name { get; set; } = name;

    /// <summary>How often it happened.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The count last written; 0 when the event is not there.</summary>
    public int Written { get; set; }

    /// <summary>Timestamp of the last repetition.</summary>
    public long LastSeen { get; set; } = at;

    /// <summary>Timestamp of the last write.</summary>
    public long LastWrite { get; set; } = at;

    /// <summary>Wall time of the last repetition.</summary>
    public DateTimeOffset LastTime { get; set; }
}
