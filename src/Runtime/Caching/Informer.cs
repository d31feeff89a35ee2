using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Caching;

/// <summary>A kind's local copy: a reflector fills an indexed store, and handlers are told of every change.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class Informer<T> : IInformer<T>, IRunnable
    where T : class, IKubernetesObject
{
    private readonly InformerStore<T> store;
    private readonly Reflector<T> reflector;
    private readonly InformerOptions<T> options;
    private readonly List<Action<Delta<T>>> handlers = [];
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger logger;
    private bool running;

    /// <summary>Makes an informer; nothing is read before it runs.</summary>
    /// <param name="client">Reads the API.</param>
    /// <param name="type">The kind.</param>
    /// <param name="options">What to hold.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="loggers">Makes the informer's logger.</param>
    public Informer(IKubeClient client, ResourceType<T> type, InformerOptions<T> options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(type);
        this.options = options;
        Name = $"informer {type.Plural}";
        logger = loggers.CreateLogger("ScimOperator.Runtime.Caching.Informer");
        store = new InformerStore<T>(Tell);
        reflector = new Reflector<T>(client, type, options, store, () => synced.TrySetResult(), time, logger);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IIndexer<T> Indexer => store.Indexer;

    /// <inheritdoc/>
    public bool HasSynced => synced.Task.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public bool IsCurrent => reflector.IsCurrent;

    /// <inheritdoc/>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        ThrowIfRunning();
        store.Indexer.AddIndex(name, values);
    }

    /// <inheritdoc/>
    public void AddHandler(Action<Delta<T>> handler)
    {
        ThrowIfRunning();
        handlers.Add(handler);
    }

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Handlers are told at once; when the watch later brings that very version, nothing more happens. Only give it objects
    /// that this informer's selector matches: the watch would never correct another.
    /// </remarks>
    public void ObserveWrite(T written)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (options.Namespace is { } only && written.Metadata.Namespace != only)
        {
            return;
        }

        store.Written(options.Transform is { } transform ? transform(written) : written);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        ThrowIfRunning();
        running = true;
        return reflector.RunAsync(cancellationToken);
    }

    private void Tell(Delta<T> delta)
    {
        foreach (var handler in handlers)
        {
            try
            {
                handler(delta);
            }
#pragma warning disable CA1031 // One handler's bug must not keep the others, or the store, from what happened.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.HandlerFailed(logger, Name, delta.Object.Key(), e);
            }
        }
    }

    private void ThrowIfRunning()
    {
        if (running)
        {
            throw new InvalidOperationException($"{Name} runs already: add indexes and handlers before, and run it once");
        }
    }
}
