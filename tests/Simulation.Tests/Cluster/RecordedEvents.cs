using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Events;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>Events go to the log, where nothing secret may be.</summary>
internal sealed class RecordedEvents(EventLog log) : IEventRecorder
{
    public void Record(IKubernetesObject regarding, string apiVersion, string kind, bool warning, string reason, string note) =>
        log.Add($"event {kind} {regarding.Metadata.Name} {reason}: {note}");
}
