using ScimOperator.Cli.Cluster;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Offboarding;

/// <summary>What a user is to become at the end of an offboarding.</summary>
/// <param name="Demote">The type to be given; null to be deactivated.</param>
internal sealed record OffboardAim(UserType? Demote = null)
{
    /// <summary>For machines: <c>deactivate</c> or <c>demote</c>.</summary>
    internal string Action => Demote is null ? "deactivate" : "demote";

    /// <summary>For people: the options that ask for it, as they are typed; empty for the default.</summary>
    internal string Options => Demote is { } type ? $" --demote {type}" : "";

    /// <summary>What is done in the end, as kubectl says it.</summary>
    internal string Done => Demote is { } type ? $"demoted to {type}" : "deactivated";

    /// <summary>What was set in the end, when nobody waits for the account.</summary>
    internal string Set => Demote is { } type ? $"set to {type}" : "set to inactive";

    /// <summary>The patch of the AccountUser.</summary>
    internal Patch Edit => Demote is { } type ? Edits.Demote(type) : Edits.Deactivate();

    /// <summary>What the user is afterwards.</summary>
    internal UserState After(UserState before) => Demote is { } type ? before with { Type = type } : before with { Active = false };

    /// <summary>Whether the manifest says so already.</summary>
    internal bool IsDeclared(AccountUserSpec spec) => Demote is { } type ? spec.UserType == type : spec.Active == false;

    /// <summary>Whether the account has it so.</summary>
    internal bool IsObserved(AccountUserStatus? status) => Demote is { } type ? status?.UserType == type : status?.Active == false;
}
