using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Kubernetes;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>
/// Which of several AccountUsers that declare one person acts. The one that has the user already, by its status, keeps it;
/// else the older one gets it. While one acts and its status does not say so yet, it is held here: two that were created at
/// the same instant are reconciled at the same time, and the second must not take what the first is just writing.
/// </summary>
internal sealed class EmailClaims(Stores stores)
{
    private readonly Dictionary<string, string> acting = new(StringComparer.Ordinal);
    private readonly Lock sync = new();

    /// <summary>Takes the person for as long as the claim is not disposed of; or names who has it.</summary>
    internal Claim Take(AccountUser user)
    {
        var person = Person(user);
        var uid = user.Metadata.Uid ?? "";
        lock (sync)
        {
            if (acting.TryGetValue(person, out var holder) && holder != uid)
            {
                return new Claim(this, person, uid, NameOf(person, holder), settled: false);
            }

            var lostTo = FirstOther(user);
            if (lostTo is null)
            {
                acting[person] = uid;
            }

            return new Claim(this, person, uid, lostTo, settled: true);
        }
    }

    /// <summary>The name of another AccountUser that comes before this one; null when this one is the first.</summary>
    internal string? FirstOther(AccountUser user) => stores.Users.Indexer
        .ByIndex(Indexes.Email, Person(user))
        .Where(other => other.Metadata.Uid != user.Metadata.Uid && !other.IsDeleting() && ComesBefore(other, user))
        .Select(other => other.Metadata.Name)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    private static string Person(AccountUser user) => Indexes.ByEmail(user.Metadata.Namespace, user.Spec.AccountRef.Name, user.Spec.Email);

    /// <summary>Creation times are whole seconds, so that the uid decides between two of one second.</summary>
    private static bool ComesBefore(AccountUser a, AccountUser b)
    {
        var byClaim = (b.Status?.UserId is not null).CompareTo(a.Status?.UserId is not null);
        var byTime = Nullable.Compare(a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp);
        return (byClaim, byTime) switch
        {
            (not 0, _) => byClaim < 0,
            (_, not 0) => byTime < 0,
            _ => string.CompareOrdinal(a.Metadata.Uid, b.Metadata.Uid) < 0,
        };
    }

    /// <summary>A holder that is in no cache any more was deleted a moment ago, and still acts.</summary>
    private string NameOf(string person, string uid) =>
        stores.Users.Indexer.ByIndex(Indexes.Email, person).FirstOrDefault(user => user.Metadata.Uid == uid)?.Metadata.Name ?? "(just deleted)";

    private void Release(string person, string uid)
    {
        lock (sync)
        {
            if (acting.GetValueOrDefault(person) == uid)
            {
                acting.Remove(person);
            }
        }
    }

    /// <summary>A person taken, or not.</summary>
    internal readonly struct Claim(EmailClaims claims, string person, string uid, string? lostTo, bool settled) : IDisposable
    {
        /// <summary>The AccountUser that has the person; null when it was taken.</summary>
        internal string? LostTo { get; } = lostTo;

        /// <summary>False while the other one still acts: it may fail, and then the person is free again.</summary>
        internal bool IsSettled { get; } = settled;

        /// <summary>Ends it: by now the status says who has the person.</summary>
        public void Dispose()
        {
            if (LostTo is null)
            {
                claims.Release(person, uid);
            }
        }
    }
}
