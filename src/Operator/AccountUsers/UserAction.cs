using ScimOperator.Drivers;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>One step of a <see cref="UserPlan"/>. It prints as what it does, without secrets.</summary>
public abstract record UserAction
{
    /// <summary>Create the user.</summary>
    public sealed record Create(NewUser User) : UserAction
    {
        /// <inheritdoc/>
        public override string ToString() => $"create {User.Email} as {(User.State.Active ? "active" : "inactive")} {User.State.Type}";
    }

    /// <summary>Set fields of the user; <paramref name="Guarded"/> when it ends an active admin and so needs the guard's leave.</summary>
    public sealed record Update(BackendUser User, UserPatch Patch, bool Guarded) : UserAction
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            var parts = new List<string>(3);
            if (Patch.UserType is { } type)
            {
                parts.Add($"userType {User.State.Type} to {type}");
            }

            if (Patch.Active is { } active)
            {
                parts.Add(active ? "activate" : "deactivate");
            }

            if (Patch.DisplayName is { } name)
            {
                parts.Add($"displayName {(User.DisplayName is { } old ? $"\"{old}\"" : "none")} to \"{name}\"");
            }

            return $"update {User.Email}: {string.Join(", ", parts)}{(Guarded ? " (guarded)" : "")}";
        }
    }
}
