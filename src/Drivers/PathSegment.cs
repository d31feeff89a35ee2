namespace ScimOperator.Drivers;

/// <summary>Puts an id into a path.</summary>
internal static class PathSegment
{
    /// <summary>Escapes it. An account that calls a user ".." must not make a call for that user one for something else.</summary>
    internal static string Of(string id) => id is "." or ".." or "" ? throw new BackendException(BackendError.InvalidAnswer, $"the account calls something \"{id}\", which can't be an id") : Uri.EscapeDataString(id);
}
