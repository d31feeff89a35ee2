namespace ScimOperator.Cli.Checks;

/// <summary>Codes of findings that are not the guard's (those are <see cref="Guard.GuardCodes"/>).</summary>
internal static class FindingCodes
{
    /// <summary>A file or manifest that can't be accepted.</summary>
    internal const string InvalidManifest = "invalid_manifest";

    /// <summary>A file or manifest of the base that could not be read.</summary>
    internal const string BaseUnreadable = "base_unreadable";

    /// <summary>Tokens made outside Git were not looked for: no snapshot was given.</summary>
    internal const string NotCheckedAgainstAccount = "not_checked_against_account";

    /// <summary>A ScimToken's owner is no longer declared.</summary>
    internal const string OwnerRemoved = "owner_removed";

    /// <summary>The last ScimToken of an Account is removed.</summary>
    internal const string OnlyToken = "only_token";

    /// <summary>A rotation leaves no time to take up the new token.</summary>
    internal const string ZeroOverlap = "zero_overlap";

    /// <summary>An Account is removed together with what refers to it.</summary>
    internal const string RemovalOrder = "removal_order";

    /// <summary>The change is safe because of sync waves only.</summary>
    internal const string SyncWaves = "sync_waves";

    /// <summary>There is nothing to check.</summary>
    internal const string NothingFound = "nothing_found";
}
