using System.Net;
using ScimOperator.Drivers;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>How faults look to the caller.</summary>
internal static class FaultErrors
{
    internal static Exception OfCluster(Fault fault, string call) => fault switch
    {
        Fault.Conflict => new KubeApiException(HttpStatusCode.Conflict, "Conflict", $"{call}: the object has been modified"),
        Fault.Busy => new KubeApiException(HttpStatusCode.TooManyRequests, "TooManyRequests", $"{call}: too many requests", TimeSpan.FromSeconds(3)),
        Fault.CutAfter => new HttpRequestException($"{call}: connection reset"),
        Fault.LateCommit => new TimeoutException($"{call}: no answer"),
        _ => new KubeApiException(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", $"{call}: unavailable"),
    };

    internal static Exception OfAccount(Fault fault, string call) => fault switch
    {
        Fault.Busy => new BackendException(BackendError.RateLimited, $"{call}: called too often", TimeSpan.FromSeconds(5)),
        Fault.Conflict => new BackendException(BackendError.VersionConflict, $"{call}: changed meanwhile"),
        _ => new BackendException(BackendError.Unreachable, $"{call}: no answer"),
    };
}
