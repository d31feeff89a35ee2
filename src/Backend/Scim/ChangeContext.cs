namespace ScimOperator.Backend.Scim;

/// <summary>Who changes something, when, and what may be referred to though it is not there yet.</summary>
/// <param name="Pending">Ids that the same bulk request is about to create.</param>
internal sealed record ChangeContext(string Actor, DateTimeOffset Now, IReadOnlySet<string> Pending)
{
    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    public ChangeContext(string actor, DateTimeOffset now)
        : this(actor, now, Nothing)
    {
    }
}
