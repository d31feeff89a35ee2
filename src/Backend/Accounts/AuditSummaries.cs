using System.Text.Json;
using ScimOperator.Backend.Api;

namespace ScimOperator.Backend.Accounts;

/// <summary>What the audit log keeps of an object: enough to see what changed, and no secret.</summary>
internal static class AuditSummaries
{
    public static string Of(UserRecord user) => JsonSerializer.Serialize(
        new UserSummary
        {
            Email = user.Email,
            DisplayName = user.DisplayName,
            UserType = Names.Of(user.Type),
            Active = user.Active,
            ExternalId = user.ExternalId,
            Version = user.Version,
        },
        ApiJsonContext.Default.UserSummary);

    public static string Of(TokenRecord token) => JsonSerializer.Serialize(
        new TokenSummary
        {
            OwnerId = token.OwnerId,
            Description = token.Description,
            Reference = token.Reference,
            LastFour = token.LastFour,
            ExpiresAt = token.ExpiresAt,
        },
        ApiJsonContext.Default.TokenSummary);

    public static string Of(GroupRecord group, IReadOnlyList<string> added, IReadOnlyList<string> removed) => JsonSerializer.Serialize(
        new GroupSummary
        {
            DisplayName = group.DisplayName,
            ExternalId = group.ExternalId,
            Version = group.Version,
            MembersAdded = added.Count > 0 ? added : null,
            MembersRemoved = removed.Count > 0 ? removed : null,
        },
        ApiJsonContext.Default.GroupSummary);

    public static string Of(AccountRecord account) => JsonSerializer.Serialize(
        new AccountSummary { Name = account.Name, Plan = Names.Of(account.Plan), MaxTokens = account.MaxTokens },
        ApiJsonContext.Default.AccountSummary);
}
