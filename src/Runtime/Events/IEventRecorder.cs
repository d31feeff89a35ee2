using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Events;

/// <summary>
/// Records events.k8s.io/v1 events in the background. Never blocks, never throws, and never competes with the work: repeats
/// within the aggregation window raise a count instead of making an object, and a token bucket bounds the rate; what
/// does not fit is counted in a metric.
/// </summary>
public interface IEventRecorder
{
    /// <summary>Records that something was done or changed, in the past tense.</summary>
    /// <param name="regarding">The object concerned.</param>
    /// <param name="apiVersion">Its apiVersion (absent in objects from lists).</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="warning">Warning instead of Normal.</param>
    /// <param name="reason">UpperCamel reason.</param>
    /// <param name="note">What happened; cut at 1024 bytes of UTF-8, the API's limit.</param>
    void Record(IKubernetesObject regarding, string apiVersion, string kind, bool warning, string reason, string note);
}
