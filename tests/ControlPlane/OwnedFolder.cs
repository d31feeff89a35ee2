using System.Globalization;
using System.Text.RegularExpressions;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>
/// Folders that are deleted at the end of the process that they belong to. They are named after it, so that what is left
/// nevertheless (after a power cut, say) is found and removed by the next one. Folders of detached processes carry no owner
/// and are never removed here.
/// </summary>
internal static partial class OwnedFolder
{
    private const string SharedMemory = "/dev/shm";
    private const long EnoughBytes = 1L << 30;

    /// <summary>A new folder for keys and logs.</summary>
    internal static string CreateWork(bool detached) => Create(Path.GetTempPath(), "work", detached);

    /// <summary>
    /// A new folder for etcd's data. In memory where that is wanted and there is room: an etcd that can't be told to skip
    /// fsync is then not slowed down by the disk.
    /// </summary>
    internal static string CreateData(string workDirectory, bool inMemory, bool detached) =>
        Create(inMemory && MemoryHasRoom() ? SharedMemory : workDirectory, "etcd", detached);

    /// <summary>Removes what processes that no longer run left in a folder.</summary>
    internal static void RemoveAbandoned(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, "scim-operator-*"))
        {
            if (IsAbandoned(Path.GetFileName(folder)))
            {
                TryDelete(folder);
            }
        }
    }

    /// <summary>Deletes a folder; what can't be deleted now is removed by a later process.</summary>
    internal static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process deletes it at the same time, a dying child still writes, or it belongs to another user.
        }
    }

    internal static bool IsAbandoned(string name)
    {
        var match = Pattern().Match(name);
        return match.Success
            && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var pid)
            && ProcessIdentity.Find(pid)?.StartTicks.ToString(CultureInfo.InvariantCulture) != match.Groups[2].Value;
    }

    private static string Create(string parent, string kind, bool detached)
    {
        PrivateFile.CreateFolder(parent);
        RemoveAbandoned(parent);
        var self = ProcessIdentity.Find(Environment.ProcessId);
        var owner = detached || self is null ? "detached" : $"{self.Value.Pid}-{self.Value.StartTicks}";
        var folder = Path.Combine(parent, $"scim-operator-{kind}-{owner}-{Guid.NewGuid():N}");
        PrivateFile.CreateFolder(folder);
        if (!detached)
        {
            FolderReaper.Register(folder);
        }

        return folder;
    }

    private static bool MemoryHasRoom()
    {
        try
        {
            return Directory.Exists(SharedMemory) && new DriveInfo(SharedMemory).AvailableFreeSpace >= EnoughBytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^scim-operator-(?:work|etcd)-(\d+)-(\d+)-[0-9a-f]{32}$")]
    private static partial Regex Pattern();
}
