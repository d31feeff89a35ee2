namespace ScimOperator.Backend.Accounts;

/// <summary>The wire names of the domain's enumerations. Written out, so that a number ("1") is never taken for a name.</summary>
internal static class Names
{
    public const string UserTypes = "Admin, Member, Viewer, Guest";
    public const string Plans = "Free, Business, Enterprise";

    public static string Of(UserType type) => type switch
    {
        UserType.Admin => "Admin",
        UserType.Member => "Member",
        UserType.Viewer => "Viewer",
        _ => "Guest",
    };

    public static string Of(Plan plan) => plan switch
    {
        Plan.Enterprise => "Enterprise",
        Plan.Business => "Business",
        _ => "Free",
    };

    /// <summary>Reads a user type. The case is ignored only where the door asks for it: SCIM compares userType caselessly.</summary>
    public static bool TryParse(string? text, StringComparison comparison, out UserType type)
    {
        foreach (var candidate in Enum.GetValues<UserType>())
        {
            if (string.Equals(text, Of(candidate), comparison))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    public static bool TryParse(string? text, out Plan plan)
    {
        foreach (var candidate in Enum.GetValues<Plan>())
        {
            if (string.Equals(text, Of(candidate), StringComparison.OrdinalIgnoreCase))
            {
                plan = candidate;
                return true;
            }
        }

        plan = default;
        return false;
    }
}
