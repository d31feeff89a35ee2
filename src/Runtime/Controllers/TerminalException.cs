namespace ScimOperator.Runtime.Controllers;

/// <summary>A failure that trying again can't mend: something has to change first.</summary>
/// <param name="reason">UpperCamel reason, as in conditions.</param>
/// <param name="message">What happened, to which object, what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class TerminalException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>UpperCamel reason, as in conditions.</summary>
    public string Reason => reason;
}
