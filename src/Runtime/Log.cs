using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime;

/// <summary>Every log line of the runtime: constant text, named values, never an object's content.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Skipped {Resource} {Object}: it can't be read at {Path} (line {Line}, byte {Position}); correct the object")]
    public static partial void ObjectSkipped(ILogger logger, string resource, ObjectKey @object, string? path, long? line, long? position);

    [LoggerMessage(2, LogLevel.Information, "Listed {Resource}: {Count} objects in {Pages} pages at resourceVersion {Version}")]
    public static partial void Listed(ILogger logger, string resource, int count, int pages, string version);

    [LoggerMessage(3, LogLevel.Debug, "Watch of {Resource} ended; resuming after resourceVersion {Version}")]
    public static partial void WatchResumes(ILogger logger, string resource, string version);

    [LoggerMessage(4, LogLevel.Information, "Watch of {Resource} can't be resumed, its version is too old; listing again")]
    public static partial void Relisting(ILogger logger, string resource);

    [LoggerMessage(5, LogLevel.Warning, "List or watch of {Resource} failed; trying again in {Delay}: {Error}")]
    public static partial void ReflectorFailed(ILogger logger, string resource, TimeSpan delay, string error);

    [LoggerMessage(6, LogLevel.Error, "Not allowed to read {Resource}: give the operator's ServiceAccount the verbs list and watch on it; trying again in {Delay}: {Error}")]
    public static partial void ReflectorForbidden(ILogger logger, string resource, TimeSpan delay, string error);

    [LoggerMessage(7, LogLevel.Warning, "Watch of {Resource} was silent for {Silence} beyond its own end; cutting it and resuming")]
    public static partial void WatchSilent(ILogger logger, string resource, TimeSpan silence);

    [LoggerMessage(8, LogLevel.Error, "A handler of {Resource} {Object} failed")]
    public static partial void HandlerFailed(ILogger logger, string resource, ObjectKey @object, Exception exception);

    [LoggerMessage(20, LogLevel.Information, "Controller {Controller} started with {Workers} workers")]
    public static partial void ControllerStarted(ILogger logger, string controller, int workers);

    [LoggerMessage(21, LogLevel.Information, "Controller {Controller} stopped")]
    public static partial void ControllerStopped(ILogger logger, string controller);

    [LoggerMessage(22, LogLevel.Error, "Reconcile of {Controller} {Object} failed; trying again in {Delay}")]
    public static partial void ReconcileFailed(ILogger logger, string controller, ObjectKey @object, TimeSpan delay, Exception exception);

    [LoggerMessage(27, LogLevel.Error, "Reconcile of {Controller} {Object} failed; trying again in {Delay}: {Error}")]
    public static partial void ReconcileRefused(ILogger logger, string controller, ObjectKey @object, TimeSpan delay, string error);

    [LoggerMessage(23, LogLevel.Error, "Reconcile of {Controller} {Object} failed for good ({Reason}), until something changes: {Error}")]
    public static partial void ReconcileTerminal(ILogger logger, string controller, ObjectKey @object, string reason, string error);

    [LoggerMessage(24, LogLevel.Debug, "Reconcile of {Controller} {Object} met a newer version; trying again")]
    public static partial void ReconcileConflict(ILogger logger, string controller, ObjectKey @object);

    [LoggerMessage(25, LogLevel.Warning, "Controller {Controller} did not finish its work within {Deadline}; cancelling it")]
    public static partial void DrainExceeded(ILogger logger, string controller, TimeSpan deadline);

    [LoggerMessage(26, LogLevel.Error, "Controller {Controller} has work that does not heed cancellation; leaving it behind")]
    public static partial void WorkAbandoned(ILogger logger, string controller);

    [LoggerMessage(30, LogLevel.Information, "Waiting for lease {Lease}, held by {Holder}")]
    public static partial void LeaseHeld(ILogger logger, ObjectKey lease, string holder);

    [LoggerMessage(31, LogLevel.Information, "{Identity} leads: it holds lease {Lease}")]
    public static partial void LeaseAcquired(ILogger logger, ObjectKey lease, string identity);

    [LoggerMessage(32, LogLevel.Warning, "Lease {Lease} was not renewed; trying again: {Error}")]
    public static partial void LeaseRenewFailed(ILogger logger, ObjectKey lease, string error);

    [LoggerMessage(33, LogLevel.Error, "Lost lease {Lease}: {Why}")]
    public static partial void LeaseLost(ILogger logger, ObjectKey lease, string why);

    [LoggerMessage(34, LogLevel.Information, "Released lease {Lease}")]
    public static partial void LeaseReleased(ILogger logger, ObjectKey lease);

    [LoggerMessage(35, LogLevel.Warning, "Lease {Lease} could not be released, it expires by itself: {Error}")]
    public static partial void LeaseReleaseFailed(ILogger logger, ObjectKey lease, string error);

    [LoggerMessage(36, LogLevel.Warning, "Could not try for lease {Lease}; trying again: {Error}")]
    public static partial void LeaseTryFailed(ILogger logger, ObjectKey lease, string error);

    [LoggerMessage(40, LogLevel.Warning, "Event {Reason} of {Object} was not written: {Error}")]
    public static partial void EventFailed(ILogger logger, string reason, ObjectKey @object, string error);

    [LoggerMessage(50, LogLevel.Warning, "Refused an admission request at {Path} with {Code}: {Error}")]
    public static partial void AdmissionRefused(ILogger logger, string path, int code, string error);

    [LoggerMessage(51, LogLevel.Error, "Admission handler at {Path} failed for {Object}; the request is denied")]
    public static partial void AdmissionFailed(ILogger logger, string path, ObjectKey @object, Exception exception);

    [LoggerMessage(52, LogLevel.Error, "Admission handler at {Path} gave no verdict for {Object} within {Timeout}; the request is denied")]
    public static partial void AdmissionTimedOut(ILogger logger, string path, ObjectKey @object, TimeSpan timeout);

    [LoggerMessage(60, LogLevel.Information, "Serving certificate {Serial} is in use until {Expiry}")]
    public static partial void CertificateInUse(ILogger logger, string serial, DateTimeOffset expiry);

    [LoggerMessage(61, LogLevel.Information, "Wrote new certificates into Secret {Secret}: {What}")]
    public static partial void CertificateWritten(ILogger logger, ObjectKey secret, string what);

    [LoggerMessage(62, LogLevel.Error, "Serving certificate from {Source} could not be brought up to date; trying again in {Delay}: {Error}")]
    public static partial void CertificateFailed(ILogger logger, string source, TimeSpan delay, string error);

    [LoggerMessage(63, LogLevel.Information, "Put the CA bundle into {Kind} {Name}")]
    public static partial void BundleInjected(ILogger logger, string kind, string name);

    [LoggerMessage(64, LogLevel.Error, "CA bundle of {Kind} {Name} could not be checked; trying again in {Delay}: {Error}")]
    public static partial void BundleFailed(ILogger logger, string kind, string name, TimeSpan delay, string error);

    [LoggerMessage(65, LogLevel.Warning, "There is no {Kind} {Name}: the API server does not ask this webhook until it is applied")]
    public static partial void BundleTargetMissing(ILogger logger, string kind, string name);

    [LoggerMessage(70, LogLevel.Information, "Listening: webhooks {Webhooks}, metrics {Metrics}, health {Health}")]
    public static partial void Listening(ILogger logger, int webhooks, int metrics, int health);

    [LoggerMessage(71, LogLevel.Information, "Caches are synced after {Elapsed}")]
    public static partial void CachesSynced(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(72, LogLevel.Information, "Stopping: draining controllers, then releasing the lease, then closing the webhooks")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(73, LogLevel.Critical, "{Part} ended with an error; the process ends")]
    public static partial void PartFailed(ILogger logger, string part, Exception exception);
}
