using System.Collections.Concurrent;
using System.Diagnostics;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>
/// Starts every child from one thread that lives as long as this process. PR_SET_PDEATHSIG is bound to the <i>thread</i>
/// that forked: a child started from a pool thread would be killed when the pool retires that thread.
/// </summary>
internal static class LauncherThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static LauncherThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "child process launcher" };
        thread.Start();
    }

    internal static Process Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() => StartInto(started, info));
        return started.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var action in Work.GetConsumingEnumerable())
        {
            action();
        }
    }

    private static void StartInto(TaskCompletionSource<Process> started, ProcessStartInfo info)
    {
        try
        {
            started.SetResult(Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start"));
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            started.SetException(exception);
        }
    }
}
