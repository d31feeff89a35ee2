using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Admission;

/// <summary>Judges ScimTokens: the declared owner must be an active admin of the same account.</summary>
internal sealed class ScimTokenAdmission(Stores stores, IKubeClient client) : IAdmissionHandler<ScimToken>
{
    public ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<ScimToken> request, CancellationToken cancellationToken)
    {
        var subject = $"ScimToken {request.Key}";
        return request switch
        {
            { Operation: AdmissionOperation.Create, Object: { } created } => JudgeOwnerAsync(created, subject, cancellationToken),
            { Operation: AdmissionOperation.Update, Object: { } after, OldObject: { } before } => UpdateAsync(before, after, subject, cancellationToken),
            { Operation: AdmissionOperation.Delete, OldObject: { } deleted } => ValueTask.FromResult(Delete(deleted, subject)),
            _ => ValueTask.FromResult(AdmissionVerdict.Allow),
        };
    }

    private ValueTask<AdmissionVerdict> UpdateAsync(ScimToken before, ScimToken after, string subject, CancellationToken cancellationToken)
    {
        if (before.Spec.AccountRef != after.Spec.AccountRef)
        {
            return ValueTask.FromResult(Verdicts.Immutable(subject, "spec.accountRef", "Create another ScimToken for the other account."));
        }

        if (before.Spec.Secret.Name != after.Spec.Secret.Name)
        {
            return ValueTask.FromResult(Verdicts.Immutable(subject, "spec.secret.name", "Create another ScimToken for the other Secret."));
        }

        return before.Spec.OwnerRef == after.Spec.OwnerRef
            ? ValueTask.FromResult(Verdicts.AllowWith(Warning(after, subject)))
            : JudgeOwnerAsync(after, subject, cancellationToken);
    }

    private async ValueTask<AdmissionVerdict> JudgeOwnerAsync(ScimToken token, string subject, CancellationToken cancellationToken)
    {
        var ownerKey = Indexes.Sibling(token, token.Spec.OwnerRef.Name);
        // The owner may have been applied a moment before this object: what the cache lacks, the API server may have.
        var owner = stores.Users.Indexer.Get(ownerKey) ?? await client.GetAsync(ResourceTypes.AccountUsers, ownerKey, cancellationToken);
        var decision = TokenGuard.Decide(subject, token.Spec.AccountRef.Name, token.Spec.OwnerRef.Name, TokenOwnerResolver.Describe(owner));
        return decision.ToVerdict(Warning(token, subject));
    }

    private AdmissionVerdict Delete(ScimToken token, string subject)
    {
        var siblings = stores.Tokens.Indexer.ByIndex(Indexes.Account, Indexes.ByName(token.Metadata.Namespace, token.Spec.AccountRef.Name));
        var others = siblings.Any(t => t.Metadata.Uid != token.Metadata.Uid && !t.IsDeleting());
        return Verdicts.AllowWith(TokenAdvice.OnlyToken(subject, token.Spec, others));
    }

    private string? Warning(ScimToken token, string subject) =>
        NeedsApi(token) ? WithoutApi(token) : TokenAdvice.ZeroOverlap(subject, token.Spec);

    private bool NeedsApi(ScimToken token) =>
        !ObservedTokens.Observes(token)
        && stores.Accounts.Indexer.Get(Indexes.Sibling(token, token.Spec.AccountRef.Name)) is { Status.Capabilities.Tokens: false };

    private static string WithoutApi(ScimToken token) =>
        $"Account {token.Spec.AccountRef.Name} has no API for tokens, so that none can be generated: set spec.managementPolicy to Observe, and put a token into Secret {token.Spec.Secret.Name}";
}
