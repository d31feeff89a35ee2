using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Runtime.Admission;

namespace ScimOperator.Operator.Admission;

/// <summary>Judges Accounts: one in use is neither deleted nor pointed at another account.</summary>
internal sealed class AccountAdmission(Stores stores) : IAdmissionHandler<Account>
{
    private readonly AccountUse use = new(stores);

    public ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<Account> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judge(request));

    private AdmissionVerdict Judge(AdmissionRequest<Account> request)
    {
        var subject = $"Account {request.Key}";
        switch (request)
        {
            case { Operation: AdmissionOperation.Delete, OldObject: { } deleted }:
                return stores.HaveSynced ? use.DecideDelete(deleted).ToVerdict() : Verdicts.NotSynced(subject);
            case { Operation: AdmissionOperation.Update, Object: { } after, OldObject: { } before } when AccountGuard.Repoints(before.Spec, after.Spec):
                return stores.HaveSynced
                    ? AccountGuard.DecideRepoint(subject, [.. use.Users(before).Select(u => u.Metadata.Name)], [.. use.Tokens(before).Select(t => t.Metadata.Name)]).ToVerdict()
                    : Verdicts.NotSynced(subject);
            default:
                return AdmissionVerdict.Allow;
        }
    }
}
