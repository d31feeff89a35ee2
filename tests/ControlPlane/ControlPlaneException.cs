namespace ScimOperator.ControlPlanes;

/// <summary>The control plane could not be obtained, started or used; the message says why and what to do next.</summary>
public sealed class ControlPlaneException : Exception
{
    /// <summary>With what happened, to what, and what to do next.</summary>
    public ControlPlaneException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened, to what, what to do next, and the cause.</summary>
    public ControlPlaneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
