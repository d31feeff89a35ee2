using System.Globalization;

namespace ScimOperator.IdpStandIn;

/// <summary>
/// Decides what is asked for next. Pure but for the numbers that the seed gives: it looks a user up before it creates it, as
/// providers do, so that a creation whose answer was lost is found and not repeated.
/// </summary>
internal sealed class ProvisioningScript(int seed)
{
    private const int Users = 40;
    private const int UpdatesPerUser = 3;
    private const double DeleteShare = 0.15;

    private readonly Random random = new(seed);
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private int user;
    private int updates;
    private ScimOperation next = ScimOperation.Find;

    /// <summary>The request that is due.</summary>
    internal ScimOperation Operation => next;

    /// <summary>Whom it is about.</summary>
    internal string UserName => string.Create(CultureInfo.InvariantCulture, $"idp-user-{user:00}@example.org");

    /// <summary>That user's id, once it was found or created.</summary>
    internal string Id => ids[UserName];

    /// <summary>Goes on after a request that succeeded. One that failed is due again.</summary>
    /// <param name="id">The id that was found or created; null where there is no such user.</param>
    internal void Succeeded(string? id)
    {
        next = next switch
        {
            ScimOperation.Find when id is null => ScimOperation.Create,
            ScimOperation.Find or ScimOperation.Create => Know(id!),
            ScimOperation.Update when ++updates < UpdatesPerUser => ScimOperation.Update,
            ScimOperation.Update when random.NextDouble() < DeleteShare => ScimOperation.Delete,
            _ => TurnToNextUser(),
        };
    }

    /// <summary>After a failure nobody knows whether the change was made: the user is looked up again.</summary>
    internal void Failed() => next = ScimOperation.Find;

    private ScimOperation Know(string id)
    {
        ids[UserName] = id;
        return ScimOperation.Update;
    }

    private ScimOperation TurnToNextUser()
    {
        user = random.Next(Users);
        updates = 0;
        return ScimOperation.Find;
    }
}
