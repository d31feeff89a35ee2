namespace ScimOperator.Runtime.Client;

/// <summary>Kubernetes' watch event types, but ERROR, which is thrown.</summary>
public enum WatchEventType
{
    /// <summary>The object is new to the watch.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object is gone.</summary>
    Deleted,

    /// <summary>Nothing happened up to this version.</summary>
    Bookmark,
}
