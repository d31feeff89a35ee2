namespace ScimOperator.Runtime.Caching;

/// <summary>What an informer holds, and how patient it is.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed record InformerOptions<T>
{
    /// <summary>One namespace; all when null.</summary>
    public string? Namespace { get; init; }

    /// <summary>Label selector, to hold only what matters.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, for example metadata.name=x.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Slims an object before it is stored; must keep its metadata's name, namespace, uid and resourceVersion.</summary>
    public Func<T, T>? Transform { get; init; }

    /// <summary>Objects per page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Shortest life of a watch; the server closes each after a random time between this and twice this.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long beyond its life a watch may stay open before it counts as dead.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First wait after a failure.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Longest wait after failures.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Source of the jitter; give a seeded one to repeat a run.</summary>
    public Random Random { get; init; } = Random.Shared;
}
