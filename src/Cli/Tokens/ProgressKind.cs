namespace ScimOperator.Cli.Tokens;

/// <summary>How far something has come.</summary>
internal enum ProgressKind
{
    /// <summary>Under way.</summary>
    Pending,

    /// <summary>Reached.</summary>
    Done,

    /// <summary>It won't be reached unless somebody changes something.</summary>
    Failed,
}
