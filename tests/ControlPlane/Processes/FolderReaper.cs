using System.Diagnostics;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>
/// Deletes folders when this process has ended, however it ended: a test host is given a tenth of a second to exit and is
/// then killed, which is too short to delete a control plane's files. A small shell waits for the end of its standard input,
/// which comes with our end, and then deletes what it was told of.
/// </summary>
internal static class FolderReaper
{
    // What still writes is a child that is being killed at the same moment, so a few attempts are enough.
    private const string Script =
        """
        while IFS= read -r folder; do set -- "$@" "$folder"; done
        for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- "$@" && exit; sleep 0.2; done
        """;

    private static readonly Lock Gate = new();
    private static readonly Lazy<Process> Shell = new(Start);

    /// <summary>Deletes this folder when this process has ended; one that is gone by then does no harm.</summary>
    internal static void Register(string folder)
    {
        lock (Gate)
        {
            Shell.Value.StandardInput.WriteLine(Path.GetFullPath(folder));
            Shell.Value.StandardInput.Flush();
        }
    }

    private static Process Start()
    {
        // Its own session, so that Ctrl-C reaches us and not it; its output nowhere, so that nobody waits for its end.
        string[] session = ProgramPath.Find("setsid") is { } setsid ? [setsid] : [];
        string[] line = [.. session, "/bin/sh", "-c", $"exec >/dev/null 2>&1; cd /\n{Script}"];
        var info = new ProcessStartInfo(line[0]) { RedirectStandardInput = true };
        foreach (var argument in line[1..])
        {
            info.ArgumentList.Add(argument);
        }

        return LauncherThread.Start(info);
    }
}
