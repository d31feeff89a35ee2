namespace ScimOperator.Backend.Accounts;

/// <summary>New identifiers: time-ordered, so that index pages fill one after the other, and random enough not to be guessed.</summary>
internal static class Identifiers
{
    private const string GroupPrefix = "grp_";

    public static string ForUser(DateTimeOffset now) => "usr_" + Guid.CreateVersion7(now).ToString("N");

    public static string ForToken(DateTimeOffset now) => "tok_" + Guid.CreateVersion7(now).ToString("N");

    public static string ForGroup(DateTimeOffset now) => GroupPrefix + Guid.CreateVersion7(now).ToString("N");

    public static bool IsGroup(string id) => id.StartsWith(GroupPrefix, StringComparison.Ordinal);
}
