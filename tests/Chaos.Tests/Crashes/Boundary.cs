using System.Text.RegularExpressions;
using ScimOperator.Chaos.Tests.Proxies;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>A request that every run of a scenario makes, whatever the ids and names are in it.</summary>
/// <param name="Request">Whom it asks for what, without ids.</param>
/// <param name="Occurrence">The how manieth of its kind it is, from 1.</param>
internal sealed partial record Boundary(string Request, int Occurrence)
{
    private const int MostRepeatedReads = 2;

    /// <summary>Whether it asks for a change.</summary>
    internal bool IsWrite => !Request.Contains(" GET ", StringComparison.Ordinal);

    /// <summary>
    /// Whether a run may do without it. How often counts are reported for objects beside the ScimToken, and what is read anew
    /// instead of from memory, depends on the time that things take.
    /// </summary>
    internal bool IsOptional => Occurrence > 1 || !IsWrite || Request.Contains(" accounts/", StringComparison.Ordinal) || Request.Contains(" accountusers/", StringComparison.Ordinal);

    /// <summary>Whether it is worth a crash: the first repetition of a read is, the tenth is not.</summary>
    internal bool IsWanted => IsWrite || Occurrence <= MostRepeatedReads;

    /// <summary>
    /// What a request is called; null for what is no step of the work: lists with which caches begin, the Lease, events.
    /// </summary>
    /// <param name="call">The request.</param>
    /// <param name="token">The name of the scenario's ScimToken, which differs by run.</param>
    internal static string? NameOf(ProxiedCall call, string token)
    {
        var path = call.Side == ProxySide.Cluster ? ClusterPath(call) : AccountPath(call);
        return path is null ? null : $"{(call.Side == ProxySide.Cluster ? "cluster" : "account")} {call.Method} {path.Replace(token, "token", StringComparison.Ordinal)}";
    }

    /// <summary>For people.</summary>
    public override string ToString() => Occurrence == 1 ? Request : $"{Request} (#{Occurrence})";

    private static string? ClusterPath(ProxiedCall call)
    {
        var parts = call.Path.Split("/namespaces/", 2);
        var path = parts.Length == 2 && parts[1].IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? parts[1][(slash + 1)..] : null;
        var isList = path is not null && !path.Contains('/', StringComparison.Ordinal) && !call.IsWrite;
        return path is null || isList || path.StartsWith("events", StringComparison.Ordinal) || path.StartsWith("leases", StringComparison.Ordinal) ? null : path;
    }

    private static string AccountPath(ProxiedCall call) =>
        Ids().Replace(call.Path, "/$1/{id}") + (call.Query.Contains("ownerId=", StringComparison.Ordinal) ? "?ownerId" : "");

    [GeneratedRegex("/(users|scim-tokens)/[^/]+$")]
    private static partial Regex Ids();
}
