using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.Reporting;

/// <summary>What a failure of an account means for the object being reconciled.</summary>
public static class BackendProblems
{
    /// <summary>Translates a failure.</summary>
    public static Problem ToProblem(this BackendException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Error switch
        {
            BackendError.Unreachable => new Problem(Reasons.Unreachable, e.Message, ConditionStatus.Unknown, RetryAfter: e.RetryAfter),
            BackendError.RateLimited => new Problem(Reasons.RateLimited, e.Message, ConditionStatus.Unknown, RetryAfter: e.RetryAfter),
            BackendError.InvalidAnswer => new Problem(Reasons.InvalidAnswer, $"{e.Message}. Check spec.url and spec.driver of the Account.", ConditionStatus.Unknown),
            BackendError.Tls => new Problem(Reasons.TlsError, $"{e.Message}. Check spec.url and spec.caBundle of the Account."),
            BackendError.Unauthorized => new Problem(Reasons.Unauthorized, $"{e.Message}. Put a valid credential into the Secret named by the Account's spec.credentialsSecretRef."),
            BackendError.PlanRequired => new Problem(Reasons.PlanRequired, $"{e.Message}. SCIM needs an Enterprise plan.", Terminal: true),
            BackendError.AdminHoldsToken => new Problem(Reasons.AdminHoldsScimToken, e.Message, Terminal: true),
            BackendError.LastAdmin => new Problem(Reasons.LastAdmin, e.Message, Terminal: true),
            BackendError.OwnerNotActiveAdmin => new Problem(Reasons.OwnerNotActiveAdmin, e.Message, Terminal: true),
            BackendError.TokenLimit => new Problem(Reasons.TokenLimitReached, $"{e.Message}. Delete a token at the account, or raise its limit.", Terminal: true),
            BackendError.Unsupported => new Problem(Reasons.UnsupportedDriver, e.Message, Terminal: true),
            BackendError.Refused => new Problem(Reasons.Refused, e.Message, Terminal: true),
            _ => new Problem(Reasons.Failed, e.Message, ConditionStatus.Unknown),
        };
    }
}
