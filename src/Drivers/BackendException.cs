namespace ScimOperator.Drivers;

/// <summary>An account refused a call, or could not be reached. The message names the call and the account's words; never a credential or a token.</summary>
/// <param name="error">What kind of failure.</param>
/// <param name="message">What happened.</param>
/// <param name="retryAfter">How long the account (or the circuit) asks to wait.</param>
/// <param name="existingId">For conflicts: the id of what exists.</param>
/// <param name="inner">The cause.</param>
public sealed class BackendException(
    BackendError error,
    string message,
    TimeSpan? retryAfter = null,
    string? existingId = null,
    Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public BackendError Error => error;

    /// <summary>How long to wait.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>For conflicts: the id of what exists.</summary>
    public string? ExistingId => existingId;

    /// <summary>Whether the whole account is affected, not just this call.</summary>
    public bool IsAccountWide => error <= BackendError.InvalidAnswer;
}
