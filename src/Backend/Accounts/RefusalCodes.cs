namespace ScimOperator.Backend.Accounts;

/// <summary>The codes that callers may rely on.</summary>
internal static class RefusalCodes
{
    public const string AdminHoldsScimToken = "admin_holds_scim_token";
    public const string OwnerNotActiveAdmin = "owner_not_active_admin";
    public const string LastAdmin = "last_admin";
    public const string PlanRequired = "plan_required";
    public const string TokenLimitReached = "token_limit_reached";
    public const string ReferenceConflict = "reference_conflict";
    public const string EmailConflict = "email_conflict";
    public const string GroupNameConflict = "group_name_conflict";
    public const string NotOffered = "not_offered";
    public const string BulkDependency = "bulk_dependency";
    public const string VersionConflict = "version_conflict";
    public const string NotFound = "not_found";
    public const string RateLimited = "rate_limited";
    public const string Unauthorized = "unauthorized";
    public const string InvalidRequest = "invalid_request";
    public const string PayloadTooLarge = "payload_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string InternalError = "internal_error";
    public const string Unavailable = "unavailable";
}
