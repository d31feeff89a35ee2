using System.Globalization;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>Tells whose a listening port is, from /proc. IPv4 only.</summary>
internal static class ListeningSocket
{
    private const string Listening = "0A";
    private const int LocalAddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;

    /// <summary>
    /// Whether this process listens on the port. An answer from the port proves nothing by itself: another process may have
    /// been quicker to take it, and may be an etcd of somebody else's that answers just as well.
    /// </summary>
    internal static bool IsOwnedBy(int pid, int port)
    {
        var suffix = $":{port:X4}";
        var sockets = File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[StateField] == Listening && fields[LocalAddressField].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[InodeField]}]")
            .ToHashSet(StringComparer.Ordinal);
        return sockets.Count > 0 && Descriptors(pid).Any(sockets.Contains);
    }

    private static IEnumerable<string> Descriptors(int pid)
    {
        var folder = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/fd";
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(Target) : [];
    }

    private static string Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return "";
        }
    }
}
