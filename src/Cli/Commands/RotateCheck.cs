using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Commands;

/// <summary>Whether a rotation that is asked for would be carried out. Pure.</summary>
internal static class RotateCheck
{
    /// <summary>Why it would not be; null when it would.</summary>
    internal static CliException? WhyNot(ScimToken token, Account? account, AccountUser? owner)
    {
        var subject = $"ScimToken {token.Key()}";
        if (Obstacle(token, account) is { } obstacle)
        {
            return new CliException($"{subject} can't be rotated: {obstacle}");
        }

        var decision = TokenGuard.Decide(subject, token.Spec.AccountRef.Name, token.Spec.OwnerRef.Name, Describe(owner));
        return decision.IsAllowed ? null : new CliException(decision.Message, ExitCodes.Denied);
    }

    /// <summary>What whoever waits should know; null when there is nothing.</summary>
    internal static string? Notice(Account account) =>
        account.Status?.Conditions.Current(ConditionTypes.Ready, account.Metadata.Generation) is { Status: not ConditionStatus.True } ready
            ? $"Account {account.Key()} is not Ready, and the rotation begins once it is. {ready.Describe()}"
            : null;

    /// <summary>What the guard needs to know of an AccountUser.</summary>
    internal static TokenOwner? Describe(AccountUser? user) =>
        user is null ? null : new TokenOwner(user.Spec.AccountRef.Name, UserState.Declared(user.Spec), user.IsDeleting());

    private static string? Obstacle(ScimToken token, Account? account)
    {
        if (token.IsDeleting())
        {
            return "it is being deleted.";
        }

        return TokenJudge.WhyIdle(token) ?? account switch
        {
            null => $"there is no Account {token.Spec.AccountRef.Name} in this namespace.",
            { Spec.ManagementPolicy: ManagementPolicy.Observe } =>
                $"the managementPolicy of Account {account.Metadata.Name} is Observe, so the operator only reads. Set it to Manage first.",
            { Status.Capabilities.Tokens: false } =>
                $"Account {account.Metadata.Name} has no API for tokens, so none can be generated. Have an active admin generate one there, put it into Secret {token.Spec.Secret.Name}, and set spec.managementPolicy to Observe.",
            _ => null,
        };
    }
}
