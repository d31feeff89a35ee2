using System.Globalization;
using System.Text.Json.Serialization;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>
/// Which process is meant, beyond its number: numbers are given out again, also after a reboot. Linux only.
/// </summary>
/// <param name="Pid">The process number.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot (field 22 of /proc/PID/stat).</param>
/// <param name="BootId">The boot that <paramref name="StartTicks"/> counts from (/proc/sys/kernel/random/boot_id).</param>
public readonly record struct ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private const int StateField = 0;
    private const int StartTicksField = 19;

    /// <summary>The identity of the process that has this number now; null where there is none, or only a zombie.</summary>
    public static ProcessIdentity? Find(int pid)
    {
        if (ReadStat(pid) is not { } fields || fields[StateField] is "Z" or "X")
        {
            return null;
        }

        return new ProcessIdentity(pid, long.Parse(fields[StartTicksField], CultureInfo.InvariantCulture), CurrentBootId());
    }

    /// <summary>Whether this very process still runs (a zombie does not).</summary>
    [JsonIgnore]
    public bool IsAlive => Find(Pid) == this;

    /// <summary>
    /// Sends a signal to this process and to no other: the descriptor is taken first and the identity checked after, so
    /// that the number can't change hands in between.
    /// </summary>
    /// <returns>False where the process is gone already.</returns>
    public bool TrySignal(ChildSignal signal)
    {
        var descriptor = NativeMethods.PidfdOpen(Pid);
        if (descriptor < 0)
        {
            return false;
        }

        try
        {
            return IsAlive && NativeMethods.PidfdSendSignal(descriptor, (int)signal);
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    /// <summary>The fields that follow the command name, which may itself hold blanks and brackets.</summary>
    private static string[]? ReadStat(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string CurrentBootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
