using System.Globalization;

namespace ScimOperator.Backend.Accounts;

/// <summary>Every refusal with its wording, in one place, so that both doors say the same.</summary>
internal static class Refusals
{
    // A refusal is to be read: who needs all of the tokens has GET /scim-tokens?ownerId=.
    private const int MaxTokensNamed = 50;

    public static Refusal AdminHoldsToken(UserRecord user, UserRecord? after, IReadOnlyList<TokenRecord> tokens)
    {
        var what = after switch
        {
            null => "deleted",
            { Active: false } => "deactivated",
            _ => $"changed from Admin to {Names.Of(after.Type)}",
        };
        var held = tokens.Count == 1 ? "1 live SCIM token, and it" : $"{tokens.Count} live SCIM tokens, and they";
        var listed = tokens.Take(MaxTokensNamed).ToList();
        var list = string.Join(", ", listed.Take(20).Select(t => $"\"{t.Description}\" ({t.Id}, ends in {t.LastFour})"))
            + (tokens.Count > 20 ? $", and {tokens.Count - 20} more" : "");
        var detail = $"User {user.Email} ({user.Id}) can't be {what}: this admin holds {held} would stop working: {list}. "
            + "First let another active admin generate a new token and give it to the identity provider, then delete the old one, then try this again.";
        return new(RefusalCodes.AdminHoldsScimToken, 409, "The admin holds a live SCIM token", detail)
        { Tokens = listed, MoreTokens = tokens.Count > listed.Count ? tokens.Count - listed.Count : null };
    }

    public static Refusal LastAdmin(UserRecord user) => new(
        RefusalCodes.LastAdmin, 409, "The last active admin must stay",
        $"User {user.Email} ({user.Id}) is the account's last active admin: make another user an active admin first.");

    public static Refusal OwnerUnknown(string ownerId) => new(
        RefusalCodes.OwnerNotActiveAdmin, 409, "The owner is not an active admin",
        $"No user has the id \"{ownerId}\": a token's owner must be an active admin of this account.");

    public static Refusal OwnerNotActiveAdmin(UserRecord owner)
    {
        var state = owner.Active ? $"a {Names.Of(owner.Type)}" : $"an inactive {Names.Of(owner.Type)}";
        return new(RefusalCodes.OwnerNotActiveAdmin, 409, "The owner is not an active admin",
            $"User {owner.Email} ({owner.Id}) is {state}: only an active admin can own a SCIM token. Make the user one, or choose another owner.");
    }

    public static Refusal PlanRequired(Plan plan) => new(
        RefusalCodes.PlanRequired, 403, "SCIM needs the Enterprise plan",
        $"The account is on the {Names.Of(plan)} plan and SCIM needs Enterprise: change the plan first.");

    public static Refusal TokenLimitReached(int max) => new(
        RefusalCodes.TokenLimitReached, 409, "No more tokens are allowed",
        $"The account already has {max} live token{(max == 1 ? "" : "s")}, which is all it may have: delete one that is no longer used first.")
    { MaxTokens = max };

    public static Refusal ReferenceConflict(TokenRecord existing) => new(
        RefusalCodes.ReferenceConflict, 409, "The reference is taken",
        $"Token {existing.Id} of user {existing.OwnerId} is live and has the reference \"{existing.Reference}\": delete it first, or use another reference.")
    { ExistingId = existing.Id, ExistingOwnerId = existing.OwnerId };

    public static Refusal EmailConflict(UserRecord existing) => new(
        RefusalCodes.EmailConflict, 409, "The email is taken",
        $"User {existing.Id} already has the email {existing.Email} (case is ignored): change that user, or use another email.")
    { ExistingId = existing.Id, ScimType = "uniqueness" };

    public static Refusal GroupNameConflict(GroupRecord existing) => new(
        RefusalCodes.GroupNameConflict, 409, "The group's name is taken",
        $"Group {existing.Id} already has the displayName \"{existing.DisplayName}\" (case is ignored): change that group, or use another name.")
    { ExistingId = existing.Id, ScimType = "uniqueness" };

    public static Refusal VersionConflict(UserRecord user) => VersionConflict($"User {user.Email} ({user.Id})", user.Version);

    public static Refusal VersionConflict(GroupRecord group) => VersionConflict($"Group \"{group.DisplayName}\" ({group.Id})", group.Version);

    private static Refusal VersionConflict(string what, long version) => new(
        RefusalCodes.VersionConflict, 412, "The object has changed",
        $"{what} is at version {version}, not at the one that was named as a condition: read it again and decide anew.")
    { CurrentVersion = version };

    public static Refusal NotFound(string kind, string id) => new(
        RefusalCodes.NotFound, 404, "Not found", $"No {kind} has the id \"{id}\" on this account.");

    public static Refusal NoSuchRoute(string path) => new(
        RefusalCodes.NotFound, 404, "Not found", $"Nothing is served at {path}.");

    public static Refusal MethodNotAllowed(string method, string path) => new(
        RefusalCodes.MethodNotAllowed, 405, "Method not allowed", $"{method} is not possible on {path}.");

    public static Refusal NotOffered(string path) => new(
        RefusalCodes.NotOffered, 501, "Not offered", $"This service does not offer {path}: a token stands for no single user. Use /Users/{{id}}.");

    public static Refusal DiscoveryFilter() => new(
        RefusalCodes.InvalidRequest, 403, "The request is not valid", "The discovery endpoints can't be filtered: read the whole list.")
    { Field = "filter" };

    public static Refusal RateLimited(TimeSpan retryAfter) => new(
        RefusalCodes.RateLimited, 429, "Too many requests",
        string.Create(CultureInfo.InvariantCulture, $"This credential sends requests faster than allowed: wait {Math.Ceiling(retryAfter.TotalSeconds):0} s."))
    { RetryAfter = retryAfter };

    public static Refusal Unauthorized(string detail) => new(RefusalCodes.Unauthorized, 401, "Not authenticated", detail);

    public static Refusal Invalid(string? field, string detail, string? scimType = null) => new(
        RefusalCodes.InvalidRequest, 400, "The request is not valid", detail)
    { Field = field, ScimType = scimType };

    public static Refusal TooLarge(long limit) => new(
        RefusalCodes.PayloadTooLarge, 413, "The body is too large", $"A request body may have at most {limit} bytes (maxPayloadSize).");

    public static Refusal TooManyOperations(int max) => new(
        RefusalCodes.PayloadTooLarge, 413, "The body is too large", $"A bulk request may have at most {max} operations (maxOperations): send them in several requests.");

    public static Refusal BulkDependency(string detail) => new(
        RefusalCodes.BulkDependency, 409, "An operation this one depends on failed", detail);

    public static Refusal UnsupportedMediaType(string accepted) => new(
        RefusalCodes.UnsupportedMediaType, 415, "Unsupported media type", $"Send the body as {accepted}.");

    public static Refusal Unavailable() => new(
        RefusalCodes.Unavailable, 503, "The store is not available",
        "The store could not complete the transaction, and nothing was changed: try again.")
    { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Refusal OutcomeUnknown() => new(
        RefusalCodes.Unavailable, 503, "The store is not available",
        "The store was lost while it completed the transaction, and whether it did is not known: read what you wanted to change before you try again.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal InternalError() => new(
        RefusalCodes.InternalError, 500, "Internal error", "The backend failed on this request; its log says why.");
}
