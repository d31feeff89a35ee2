namespace ScimOperator.Backend.Hosting;

/// <summary>The program can't start as it was asked to; the message says which option and what to do.</summary>
internal sealed class OptionsException(string message) : Exception(message);
