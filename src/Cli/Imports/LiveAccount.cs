using ScimOperator.Drivers;

namespace ScimOperator.Cli.Imports;

/// <summary>An account as it is.</summary>
/// <param name="Self">What it says of itself.</param>
/// <param name="Users">All users.</param>
/// <param name="Tokens">All live tokens; empty where there is no API for them.</param>
internal sealed record LiveAccount(BackendAccount Self, IReadOnlyList<BackendUser> Users, IReadOnlyList<BackendToken> Tokens);
