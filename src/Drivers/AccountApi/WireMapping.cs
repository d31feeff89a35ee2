using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Drivers.AccountApi;

/// <summary>Checks what the account sent and makes it the driver's own; what is missing or unknown is an invalid answer.</summary>
internal static class WireMapping
{
    internal static BackendAccount ToBackend(this Wire.Account account, string call) => new(
        account.Id ?? throw Missing(call, "id"),
        account.Plan ?? throw Missing(call, "plan"),
        account.ScimUrl,
        new AccountCapabilities
        {
            OverlappingTokens = account.Capabilities?.OverlappingTokens ?? false,
            MaxTokens = account.Capabilities?.MaxTokens,
            LastUse = account.Capabilities?.LastUse ?? false,
            Expiry = account.Capabilities?.Expiry ?? false,
            Tokens = true,
        },
        account.Credential?.AdminUserId);

    internal static BackendUser ToBackend(this Wire.User user, string call)
    {
        if (!Enum.TryParse<UserType>(user.UserType, ignoreCase: false, out var type) || !Enum.IsDefined(type))
        {
            throw Invalid(call, $"a user has the userType \"{Shorten(user.UserType)}\", which is none of Admin, Member, Viewer, Guest");
        }

        return new BackendUser(
            user.Id ?? throw Missing(call, "id"),
            user.Email ?? throw Missing(call, "email"),
            user.DisplayName,
            new UserState(type, user.Active ?? throw Missing(call, "active")),
            user.Version is { } version ? $"\"{version}\"" : null);
    }

    internal static BackendToken ToBackend(this Wire.Token token, string call) => new(
        token.Id ?? throw Missing(call, "id"),
        token.OwnerId ?? throw Missing(call, "ownerId"),
        token.Description,
        token.Reference,
        token.LastFour,
        token.CreatedAt ?? throw Missing(call, "createdAt"),
        token.ExpiresAt,
        token.LastUsedAt);

    internal static BackendException Missing(string call, string field) => Invalid(call, $"the field \"{field}\" is missing");

    internal static BackendException Invalid(string call, string what) =>
        new(BackendError.InvalidAnswer, $"{call}: the answer is not what the account's API promises: {what}");

    private static string Shorten(string? text) => text is { Length: > 40 } ? text[..40] : text ?? "";
}
