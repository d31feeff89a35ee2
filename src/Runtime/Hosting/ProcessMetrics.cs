using System.Diagnostics;
using Prometheus;

namespace ScimOperator.Runtime.Hosting;

/// <summary>The process metrics every Prometheus client has, read when scraped. prometheus-net's own defaults are off: they listen to every event source of the process.</summary>
internal static class ProcessMetrics
{
    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Registers them once.</summary>
    public static void Enable() => _ = Registered.Value;

    private static bool Register()
    {
        Metrics.SuppressDefaultMetrics();
        var memory = Metrics.CreateGauge("process_resident_memory_bytes", "Resident memory size in bytes.");
        var cpu = Metrics.CreateCounter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.");
        var start = Metrics.CreateGauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.");
        var heap = Metrics.CreateGauge("dotnet_total_memory_bytes", "Managed memory in use in bytes.");
        using (var process = Process.GetCurrentProcess())
        {
            start.Set(new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0);
        }

        Metrics.DefaultRegistry.AddBeforeCollectCallback(() =>
        {
            memory.Set(Environment.WorkingSet);
            cpu.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
            heap.Set(GC.GetTotalMemory(false));
        });
        return true;
    }
}
