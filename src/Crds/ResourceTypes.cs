using ScimOperator.ApiMachinery;

namespace ScimOperator.Crds;

/// <summary>How the three kinds are addressed and serialized.</summary>
public static class ResourceTypes
{
    /// <summary>Account.</summary>
    public static ResourceType<Account> Accounts { get; } = new(
        GroupVersion.Group, GroupVersion.Version, "Account", "accounts",
        CrdsJsonContext.Default.Account, CrdsJsonContext.Default.ResourceListAccount);

    /// <summary>AccountUser.</summary>
    public static ResourceType<AccountUser> AccountUsers { get; } = new(
        GroupVersion.Group, GroupVersion.Version, "AccountUser", "accountusers",
        CrdsJsonContext.Default.AccountUser, CrdsJsonContext.Default.ResourceListAccountUser);

    /// <summary>ScimToken.</summary>
    public static ResourceType<ScimToken> ScimTokens { get; } = new(
        GroupVersion.Group, GroupVersion.Version, "ScimToken", "scimtokens",
        CrdsJsonContext.Default.ScimToken, CrdsJsonContext.Default.ResourceListScimToken);
}
