using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Snapshots;

/// <summary>A user of the account.</summary>
internal sealed record SnapshotUser
{
    /// <summary>id at the account.</summary>
    public required string Id { get; init; }

    /// <summary>email.</summary>
    public required string Email { get; init; }

    /// <summary>userType.</summary>
    public required UserType UserType { get; init; }

    /// <summary>active or not.</summary>
    public required bool Active { get; init; }

    /// <summary>As the guard sees it.</summary>
    internal UserState State => new(UserType, Active);

    internal static SnapshotUser From(BackendUser user) =>
        new() { Id = user.Id, Email = user.Email, UserType = user.State.Type, Active = user.State.Active };
}
