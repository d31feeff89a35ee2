namespace ScimOperator.DevEnvironments;

/// <summary>One account of the reference backend.</summary>
public sealed record BackendSettings
{
    /// <summary>The account's name; also that of its log and its data.</summary>
    public string Account { get; init; } = "acme";

    /// <summary>Its plan.</summary>
    public string Plan { get; init; } = "Enterprise";

    /// <summary>The emails of its first admins.</summary>
    public IReadOnlyList<string> Admins { get; init; } = ["alice@example.com", "bob@example.com", "root@example.com"];

    /// <summary>
    /// The admin whom the credential belongs to. None of those whom a person will want to demote: the account refuses to
    /// lose the admin whose credential is in use.
    /// </summary>
    public string CredentialAdmin { get; init; } = "root@example.com";

    /// <summary>Further options of the backend.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
