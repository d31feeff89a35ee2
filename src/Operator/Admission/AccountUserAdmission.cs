using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Runtime.Admission;

namespace ScimOperator.Operator.Admission;

/// <summary>
/// Judges AccountUsers: the transition, not the state, so that an edit that makes nothing worse always passes. A ScimToken that
/// names the user as owner is enough for a denial; an allowance asks the account itself, since tokens may have been made
/// outside the cluster.
/// </summary>
internal sealed class AccountUserAdmission(Stores stores, LiveUserFacts live) : IAdmissionHandler<AccountUser>
{
    public ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<AccountUser> request, CancellationToken cancellationToken) => request switch
    {
        { Operation: AdmissionOperation.Create, Object: { } created } => CreateAsync(created, Subject(request), cancellationToken),
        { Operation: AdmissionOperation.Update, Object: { } after, OldObject: { } before } => UpdateAsync(before, after, Subject(request), cancellationToken),
        { Operation: AdmissionOperation.Delete, OldObject: { } deleted } => DeleteAsync(deleted, Subject(request), cancellationToken),
        _ => ValueTask.FromResult(AdmissionVerdict.Allow),
    };

    private static string Subject(AdmissionRequest<AccountUser> request) => $"AccountUser {request.Key}";

    private async ValueTask<AdmissionVerdict> CreateAsync(AccountUser user, string subject, CancellationToken cancellationToken)
    {
        if (!stores.HaveSynced)
        {
            return Verdicts.NotSynced(subject);
        }

        var claimed = EmailGuard.Decide(subject, user.Spec.Email, ClaimedBy(user));
        var declared = UserState.Declared(user.Spec);
        if (!claimed.IsAllowed || declared.IsActiveAdmin)
        {
            return claimed.ToVerdict();
        }

        // Adopting an existing admin with a lesser type would be a demotion: only the account knows.
        var answer = await live.AskAsync(user, cancellationToken);
        var before = answer.Tokens.Gap is null ? answer.State : new UserState(UserType.Admin, true);
        return UserGuard.Decide(new UserChange(subject, user.Spec.Email, before, declared), answer.Tokens, answer.Facts).ToVerdict();
    }

    private async ValueTask<AdmissionVerdict> UpdateAsync(AccountUser before, AccountUser after, string subject, CancellationToken cancellationToken)
    {
        if (before.Spec.AccountRef != after.Spec.AccountRef)
        {
            return Verdicts.Immutable(subject, "spec.accountRef", "Create another AccountUser for the other account.");
        }

        if (before.Spec.Email != after.Spec.Email)
        {
            return Verdicts.Immutable(subject, "spec.email", "Create another AccountUser for the other person.");
        }

        return await JudgeAsync(before, UserState.Declared(after.Spec), subject, cancellationToken);
    }

    private async ValueTask<AdmissionVerdict> DeleteAsync(AccountUser user, string subject, CancellationToken cancellationToken)
    {
        if (UserChange.ByDeletion(subject, user.Spec) is { } change)
        {
            return await JudgeAsync(user, change.After, subject, cancellationToken);
        }

        var owned = Dependents(user).Select(t => t.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        return Verdicts.AllowWith(owned.Count == 0
            ? null
            : $"ScimToken {string.Join(", ", owned)} names this AccountUser as owner and can't be rotated without it; the user and the token at the account stay as they are.");
    }

    private async ValueTask<AdmissionVerdict> JudgeAsync(AccountUser before, UserState? after, string subject, CancellationToken cancellationToken)
    {
        var declared = new UserChange(subject, before.Spec.Email, UserState.Declared(before.Spec), after);
        if (!declared.EndsActiveAdmin)
        {
            return AdmissionVerdict.Allow;
        }

        if (!stores.HaveSynced)
        {
            return Verdicts.NotSynced(subject);
        }

        var dependents = Dependents(before);
        if (stores.Tokens.IsCurrent && !KnownToBeNoAdmin(before.Status) && dependents.Any(t => t.Spec.OwnerRef.Name == before.Metadata.Name))
        {
            return UserGuard.Decide(declared, TokenKnowledge.Partial([.. dependents.Select(HeldTokens.AsHeld)], "the caches were enough"), default).ToVerdict();
        }

        // A token that was moved away may have been retired a moment ago, and a cache that lost its watch may be old: ask.
        var answer = await live.AskAsync(before, cancellationToken);
        if (answer.Tokens.Gap is { } gap)
        {
            return UserGuard.Decide(declared, TokenKnowledge.Partial([.. dependents.Select(HeldTokens.AsHeld)], gap), answer.Facts).ToVerdict();
        }

        return UserGuard.Decide(declared with { Before = answer.State }, answer.Tokens, answer.Facts).ToVerdict();
    }

    private static bool KnownToBeNoAdmin(AccountUserStatus? status) => status is { UserType: not null and not UserType.Admin } or { Active: false };

    private IReadOnlyList<ScimToken> Dependents(AccountUser user) =>
        [.. stores.Tokens.Indexer.ByIndex(Indexes.Owner, Indexes.ByName(user.Metadata.Namespace, user.Metadata.Name)).OrderBy(t => t.Metadata.Name, StringComparer.Ordinal)];

    private string? ClaimedBy(AccountUser user) => stores.Users.Indexer
        .ByIndex(Indexes.Email, Indexes.ByEmail(user.Metadata.Namespace, user.Spec.AccountRef.Name, user.Spec.Email))
        .Where(other => other.Metadata.Name != user.Metadata.Name && !other.IsDeleting())
        .Select(other => other.Metadata.Name)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();
}
