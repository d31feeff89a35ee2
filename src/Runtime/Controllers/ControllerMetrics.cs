using Prometheus;

namespace ScimOperator.Runtime.Controllers;

/// <summary>One controller's metrics, as controller-runtime names them.</summary>
internal sealed class ControllerMetrics
{
    private readonly string name;
    private readonly Counter.Child errors;
    private readonly Counter.Child terminal;

    public ControllerMetrics(string name, int workers)
    {
        this.name = name;
        errors = RuntimeMetrics.ReconcileErrors.WithLabels(name);
        terminal = RuntimeMetrics.TerminalErrors.WithLabels(name);
        Time = RuntimeMetrics.ReconcileTime.WithLabels(name);
        Active = RuntimeMetrics.ActiveWorkers.WithLabels(name);
        RuntimeMetrics.MaxWorkers.WithLabels(name).Set(workers);
    }

    public Histogram.Child Time { get; }

    public Gauge.Child Active { get; }

    public void Ended(string result) => RuntimeMetrics.Reconciles.WithLabels(name, result).Inc();

    public void Failed()
    {
        errors.Inc();
        Ended("error");
    }

    public void FailedForGood()
    {
        terminal.Inc();
        Ended("terminal");
    }
}
