namespace ScimOperator.Cli.Checks;

/// <summary>The two sides of a change set.</summary>
internal enum Side
{
    /// <summary>What is there now.</summary>
    Base,

    /// <summary>What would be there.</summary>
    Head,
}
