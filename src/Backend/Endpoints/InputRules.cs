using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Forms that values from outside must have.</summary>
internal static class InputRules
{
    public const int MaxEmail = 254;
    public const int MaxText = 256;
    public const long MaxExpirySeconds = 10L * 366 * 24 * 3600;

    /// <summary>One @ with something on both sides, no blanks or control characters: more than that only a mail can tell.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && at < text.Length - 1
            && text.Length <= MaxEmail
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static string Email(string? text)
    {
        if (text is null)
        {
            throw Refusals.Invalid("email", "The field email is missing.").AsException();
        }

        return IsEmail(text)
            ? text
            : throw Refusals.Invalid("email", $"The field email must be an email address of at most {MaxEmail} characters.").AsException();
    }

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static string Required(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refusals.Invalid(field, $"The field {field} is missing or blank.").AsException();
        }

        return Optional(field, text)!;
    }

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static string? Optional(string field, string? text)
    {
        if (text is not null && (text.Length is 0 or > MaxText || text.Any(char.IsControl)))
        {
            throw Refusals.Invalid(field, $"The field {field} must have 1 to {MaxText} characters and no control characters.").AsException();
        }

        return text;
    }

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static UserType Type(string text) => Names.TryParse(text, StringComparison.Ordinal, out var type)
        ? type
        : throw Refusals.Invalid("userType", $"The field userType must be one of {Names.UserTypes}.").AsException();

    /// <exception cref="RefusedException">invalid_request.</exception>
    public static DateTimeOffset? Expiry(DateTimeOffset? at, long? inSeconds, DateTimeOffset now)
    {
        if (at is not null && inSeconds is not null)
        {
            throw Refusals.Invalid("expiresAt", "The fields expiresAt and expiresInSeconds exclude each other: give one.").AsException();
        }

        if (inSeconds is { } seconds)
        {
            return seconds is > 0 and <= MaxExpirySeconds
                ? now.AddSeconds(seconds)
                : throw Refusals.Invalid("expiresInSeconds", $"The field expiresInSeconds must be 1 to {MaxExpirySeconds}.").AsException();
        }

        return at is null || (at > now && at <= now.AddSeconds(MaxExpirySeconds))
            ? at
            : throw Refusals.Invalid("expiresAt", "The field expiresAt must lie in the future, by ten years at most.").AsException();
    }
}
