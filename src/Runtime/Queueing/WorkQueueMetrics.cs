using Prometheus;

namespace ScimOperator.Runtime.Queueing;

/// <summary>One queue's metrics, as client-go names them.</summary>
internal sealed class WorkQueueMetrics(string name)
{
    private readonly Gauge.Child depth = RuntimeMetrics.Depth.WithLabels(name);
    private readonly Counter.Child adds = RuntimeMetrics.Adds.WithLabels(name);
    private readonly Counter.Child retries = RuntimeMetrics.Retries.WithLabels(name);
    private readonly Histogram.Child waited = RuntimeMetrics.QueueDuration.WithLabels(name);
    private readonly Histogram.Child worked = RuntimeMetrics.WorkDuration.WithLabels(name);

    public void Added() => adds.Inc();

    public void Retried() => retries.Inc();

    public void Depth(int count) => depth.Set(count);

    public void Taken(int left, TimeSpan wait)
    {
        depth.Set(left);
        waited.Observe(wait.TotalSeconds);
    }

    public void Worked(TimeSpan length) => worked.Observe(length.TotalSeconds);
}
