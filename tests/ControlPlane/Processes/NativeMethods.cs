using System.Runtime.InteropServices;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>The Linux system calls that .NET has no API for.</summary>
internal static partial class NativeMethods
{
    // The same numbers on every architecture: both came after the numbering was unified.
    private const int PidfdSendSignalNumber = 424;
    private const int PidfdOpenNumber = 434;

    /// <summary>Opens a descriptor that stays bound to this very process, even after its number is given to another.</summary>
    /// <returns>The descriptor, or -1 with the error set.</returns>
    internal static int PidfdOpen(int pid) => (int)Syscall2(PidfdOpenNumber, pid, 0);

    internal static bool PidfdSendSignal(int pidfd, int signal) => Syscall4(PidfdSendSignalNumber, pidfd, signal, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall2(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall4(nint number, nint first, nint second, nint third, nint fourth);
}
