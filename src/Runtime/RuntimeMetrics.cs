using Prometheus;

namespace ScimOperator.Runtime;

/// <summary>
/// Every metric of the runtime. Names are those of client-go and controller-runtime wherever the meaning is the same, so
/// that dashboards and alerts made for Go operators work.
/// </summary>
internal static class RuntimeMetrics
{
    private static readonly double[] WorkBuckets = Prometheus.Histogram.ExponentialBuckets(0.001, 2, 16);
    private static readonly double[] WebhookBuckets = Prometheus.Histogram.ExponentialBuckets(0.00025, 2, 16);

    internal static readonly Counter Requests = Counter(
        "rest_client_requests_total", "Requests to the API server, by method, resource and answer; code <error> means there was no answer.", "method", "resource", "code");

    internal static readonly Counter Undecodable = Counter(
        "informer_undecodable_objects_total", "Objects in list pages and watch events that could not be read and were skipped.", "resource");

    internal static readonly Counter Relists = Counter(
        "informer_lists_total", "Complete lists an informer has taken; more than one per process means that a watch could not be resumed.", "resource");

    internal static readonly Counter WatchesOpened = Counter(
        "informer_watches_total", "Watches an informer has opened.", "resource");

    internal static readonly Gauge Depth = Gauge("workqueue_depth", "Keys waiting for a worker.", "name");

    internal static readonly Counter Adds = Counter("workqueue_adds_total", "Keys added to the queue.", "name");

    internal static readonly Counter Retries = Counter("workqueue_retries_total", "Keys added again with back-off.", "name");

    internal static readonly Histogram QueueDuration = Histogram(
        "workqueue_queue_duration_seconds", "How long a key waited before a worker took it.", WorkBuckets, "name");

    internal static readonly Histogram WorkDuration = Histogram(
        "workqueue_work_duration_seconds", "How long a worker took for one key.", WorkBuckets, "name");

    internal static readonly Counter Reconciles = Counter(
        "controller_runtime_reconcile_total", "Reconciles by result: success, error, requeue, requeue_after, terminal, conflict.", "controller", "result");

    internal static readonly Counter ReconcileErrors = Counter(
        "controller_runtime_reconcile_errors_total", "Reconciles that failed and are tried again.", "controller");

    internal static readonly Counter TerminalErrors = Counter(
        "controller_runtime_terminal_reconcile_errors_total", "Reconciles that failed and wait for a change.", "controller");

    internal static readonly Histogram ReconcileTime = Histogram(
        "controller_runtime_reconcile_time_seconds", "Length of a reconcile.", WorkBuckets, "controller");

    internal static readonly Gauge ActiveWorkers = Gauge(
        "controller_runtime_active_workers", "Workers that are reconciling.", "controller");

    internal static readonly Gauge MaxWorkers = Gauge(
        "controller_runtime_max_concurrent_reconciles", "Workers of the controller.", "controller");

    internal static readonly Gauge Leader = Gauge(
        "leader_election_master_status", "1 while this replica holds the lease.", "name");

    internal static readonly Counter EventsDropped = Counter(
        "event_recorder_dropped_total", "Events that were not written, by reason: rate, full, error.", "reason");

    internal static readonly Counter EventsWritten = Counter(
        "event_recorder_writes_total", "Events written, by kind: create, series.", "kind");

    internal static readonly Counter WebhookRequests = Counter(
        "controller_runtime_webhook_requests_total", "Admission requests by HTTP status of the answer.", "webhook", "code");

    internal static readonly Histogram WebhookLatency = Histogram(
        "controller_runtime_webhook_latency_seconds", "Time to answer an admission request.", WebhookBuckets, "webhook");

    internal static readonly Gauge WebhookInFlight = Gauge(
        "controller_runtime_webhook_requests_in_flight", "Admission requests being answered.", "webhook");

    internal static readonly Gauge CertificateExpiry = Gauge(
        "webhook_certificate_expiration_timestamp_seconds", "When the serving certificate expires, seconds since 1970.", "certificate");

    private static Counter Counter(string name, string help, params string[] labels) =>
        Prometheus.Metrics.CreateCounter(name, help, labels);

    private static Gauge Gauge(string name, string help, params string[] labels) =>
        Prometheus.Metrics.CreateGauge(name, help, labels);

    private static Histogram Histogram(string name, string help, double[] buckets, params string[] labels) =>
        Prometheus.Metrics.CreateHistogram(name, help, labels, new HistogramConfiguration { Buckets = buckets });
}
