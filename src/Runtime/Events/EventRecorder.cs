using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Events;

/// <summary>
/// Writes events in the background. What is recorded when the queue is full, the rate is exceeded or the API server refuses
/// is lost and counted: events are a courtesy, conditions are the record.
/// </summary>
public sealed class EventRecorder : IEventRecorder, IRunnable
{
    private const int NoteLimit = 1024;
    private const string Ellipsis = "…";
    private const int InstanceLimit = 128;
    private const int EntriesLimit = 4096;

    private readonly IKubeClient client;
    private readonly EventRecorderOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<EventRecorder> logger;
    private readonly Channel<Recorded> channel;
    private readonly TokenBucket bucket;
    private readonly Dictionary<EventIdentity, EventEntry> entries = [];
    private long serial;

    /// <summary>Makes a recorder; events wait until it runs.</summary>
    /// <param name="client">Writes events; needs create and patch on events in events.k8s.io.</param>
    /// <param name="options">How much to write.</param>
    /// <param name="time">Clock of window and rate.</param>
    /// <param name="loggers">Makes the recorder's logger.</param>
    public EventRecorder(IKubeClient client, EventRecorderOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.client = client;
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<EventRecorder>();
        bucket = new TokenBucket(options.Burst, options.PerSecond, time);
        serial = time.GetUtcNow().UtcTicks;
        channel = Channel.CreateBounded<Recorded>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
    }

    /// <inheritdoc/>
    public string Name => "events";

    /// <inheritdoc/>
    public void Record(IKubernetesObject regarding, string apiVersion, string kind, bool warning, string reason, string note)
    {
        var cut = Cut(note);
        var meta = regarding.Metadata;
        var reference = new EventReference
        {
            ApiVersion = apiVersion,
            Kind = kind,
            Namespace = meta.Namespace,
            Name = meta.Name,
            Uid = meta.Uid,
            ResourceVersion = meta.ResourceVersion,
        };
        if (!channel.Writer.TryWrite(new Recorded(reference, warning, reason, cut, time.GetUtcNow())))
        {
            RuntimeMetrics.EventsDropped.WithLabels("full").Inc();
        }
    }

    /// <inheritdoc/>
    /// <remarks>On cancellation what is waiting, and counts not written yet, are written within the flush deadline.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                await WriteWaitingAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        channel.Writer.TryComplete();
        using var deadline = new CancellationTokenSource(options.FlushDeadline, time);
        try
        {
            await WriteWaitingAsync(deadline.Token);
            foreach (var (identity, entry) in entries.Where(e => e.Value.Count > e.Value.Written).ToList())
            {
                await WriteAsync(identity, entry, null, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            RuntimeMetrics.EventsDropped.WithLabels("error").Inc(channel.Reader.Count + 1);
        }
    }

    private async Task WriteWaitingAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && channel.Reader.TryRead(out var recorded))
        {
            await TakeAsync(recorded, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task TakeAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var identity = new EventIdentity(recorded.Regarding.Uid, recorded.Regarding.Namespace, recorded.Regarding.Name, recorded.Reason, recorded.Note);
        if (entries.TryGetValue(identity, out var entry) && time.GetElapsedTime(entry.LastSeen, now) <= options.Window)
        {
            entry.Count++;
            entry.LastSeen = now;
            entry.LastTime = recorded.Time;
            var soon = entry.Written > 1 && time.GetElapsedTime(entry.LastWrite, now) < options.SeriesInterval;
            if (!soon)
            {
                await WriteAsync(identity, entry, recorded, cancellationToken);
            }

            return;
        }

        Prune(now);
        entry = new EventEntry(NextName(recorded.Regarding), now) { LastTime = recorded.Time };
        entries[identity] = entry;
        await WriteAsync(identity, entry, recorded, cancellationToken);
    }

    private async Task WriteAsync(EventIdentity identity, EventEntry entry, Recorded? recorded, CancellationToken cancellationToken)
    {
        if (!bucket.TryTake())
        {
            RuntimeMetrics.EventsDropped.WithLabels("rate").Inc();
            return;
        }

        try
        {
            await SendAsync(entry, recorded, cancellationToken);
            entry.Written = entry.Count;
            entry.LastWrite = time.GetTimestamp();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // An event that can't be written must not keep the next from being tried.
        catch (Exception e)
#pragma warning restore CA1031
        {
            RuntimeMetrics.EventsDropped.WithLabels("error").Inc();
            Log.EventFailed(logger, identity.Reason, new ObjectKey(identity.Namespace ?? "", identity.Name ?? ""), e.Message);
        }
    }

    private async Task SendAsync(EventEntry entry, Recorded? recorded, CancellationToken cancellationToken)
    {
        if (entry.Written > 0 && await TryPatchAsync(entry, cancellationToken))
        {
            return;
        }

        if (recorded is { } first)
        {
            await CreateAsync(entry, first, cancellationToken);
        }
    }

    private async Task<bool> TryPatchAsync(EventEntry entry, CancellationToken cancellationToken)
    {
        var patch = new EventSeriesPatch(new EventSeries { Count = entry.Count, LastObservedTime = entry.LastTime });
        var body = JsonSerializer.SerializeToUtf8Bytes(patch, RuntimeJsonContext.Default.EventSeriesPatch);
        try
        {
            await client.PatchAsync(ClusterEvent.Resource, entry.Name, new Patch(PatchKind.Merge, body), null, cancellationToken);
            RuntimeMetrics.EventsWritten.WithLabels("series").Inc();
            return true;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // The API server forgets events (after an hour, by default): begin anew.
            entry.Count = 1;
            entry.Written = 0;
            return false;
        }
    }

    private async Task CreateAsync(EventEntry entry, Recorded recorded, CancellationToken cancellationToken)
    {
        entry.Name = NextName(recorded.Regarding);
        var body = new ClusterEvent
        {
            ApiVersion = ClusterEvent.Resource.ApiVersion,
            Kind = "Event",
            Metadata = new ObjectMeta { Name = entry.Name.Name, Namespace = entry.Name.Namespace },
            EventTime = recorded.Time,
            ReportingController = options.Controller,
            ReportingInstance = options.Instance.Length <= InstanceLimit ? options.Instance : options.Instance[..InstanceLimit],
            Action = recorded.Reason,
            Reason = recorded.Reason,
            Regarding = recorded.Regarding,
            Note = recorded.Note,
            Type = recorded.Warning ? "Warning" : "Normal",
        };
        await client.CreateAsync(
            ClusterEvent.Resource,
            entry.Name.Namespace,
            JsonSerializer.SerializeToUtf8Bytes(body, RuntimeJsonContext.Default.ClusterEvent),
            cancellationToken);
        RuntimeMetrics.EventsWritten.WithLabels("create").Inc();
    }

    /// <summary>The API server counts bytes, and refuses an event whose note has more: cut between characters, with an ellipsis.</summary>
    private static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= NoteLimit)
        {
            return note;
        }

        var room = NoteLimit - Encoding.UTF8.GetByteCount(Ellipsis);
        var length = 0;
        foreach (var rune in note.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(note.AsSpan(0, length), Ellipsis);
    }

    /// <summary>Unique, and of at most 253 characters. Events of cluster-scoped objects live in "default".</summary>
    private ObjectKey NextName(EventReference regarding)
    {
        var suffix = (++serial).ToString("x", CultureInfo.InvariantCulture);
        var name = regarding.Name ?? "";
        var room = 252 - suffix.Length;
        var ns = string.IsNullOrEmpty(regarding.Namespace) ? "default" : regarding.Namespace;
        return new ObjectKey(ns, $"{(name.Length <= room ? name : name[..room])}.{suffix}");
    }

    private void Prune(long now)
    {
        if (entries.Count < EntriesLimit)
        {
            return;
        }

        foreach (var (identity, entry) in entries.ToList())
        {
            if (time.GetElapsedTime(entry.LastSeen, now) > options.Window)
            {
                entries.Remove(identity);
            }
        }

        if (entries.Count >= EntriesLimit)
        {
            entries.Clear();
        }
    }

    private readonly record struct EventIdentity(string? Uid, string? Namespace, string? Name, string Reason, string Note);

    private readonly record struct Recorded(EventReference Regarding, bool Warning, string Reason, string Note, DateTimeOffset Time);
}
