using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.Accounts;

/// <summary>Why an object can't be reconciled because of its Account.</summary>
internal static class AccountProblems
{
    /// <summary>
    /// Null when nothing is in the way. A gap without a problem is the short time until the account has been read for the
    /// first time: nothing to report yet, and the object is woken then.
    /// </summary>
    internal static Gap? Find(ObjectKey key, Account? account, AccountSession? session) => (account, session) switch
    {
        (null, _) => new Gap(new Problem(Reasons.AccountNotFound, $"Account {key} does not exist. Create it, or correct spec.accountRef.")),
        (_, { IsUsable: true }) => null,
        (_, { Problem: { } problem }) => new Gap(NotReady(key, problem.Message, problem.Status)),
        ({ Status.Conditions: { } conditions }, _) when conditions.FirstOrDefault(c => c.Type == ConditionTypes.Ready) is { Status: not ConditionStatus.True } ready =>
            new Gap(NotReady(key, ready.Message, ready.Status)),
        _ => new Gap(null),
    };

    /// <summary>
    /// Whether an object that is as declared should be left as it is while its account can't be read: an outage must not
    /// become a status write per object, and says nothing about the object.
    /// </summary>
    internal static bool IsSettled(IKubernetesObject obj, IReadOnlyList<Condition>? conditions, long? observedGeneration) =>
        !obj.IsDeleting()
        && observedGeneration == obj.Metadata.Generation
        && conditions?.FirstOrDefault(c => c.Type == ConditionTypes.Ready) is { Status: ConditionStatus.True };

    private static Problem NotReady(ObjectKey key, string why, string status) =>
        new(Reasons.AccountNotReady, $"Account {key} is not Ready: {why}", status);

    /// <summary>What is in the way.</summary>
    internal sealed record Gap(Problem? Problem);
}
