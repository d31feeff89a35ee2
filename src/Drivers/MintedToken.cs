namespace ScimOperator.Drivers;

/// <summary>A generated token with its value, which the account shows this once.</summary>
/// <param name="token">What may be known of it.</param>
/// <param name="value">The secret value.</param>
public sealed class MintedToken(BackendToken token, string value)
{
    /// <summary>What may be known of it.</summary>
    public BackendToken Token => token;

    /// <summary>The secret value: for the Secret, and nowhere else.</summary>
    public string Value => value;

    /// <summary>Never the value.</summary>
    public override string ToString() => $"token {token.Id}";
}
