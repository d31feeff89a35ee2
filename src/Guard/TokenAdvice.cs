using ScimOperator.Crds;

namespace ScimOperator.Guard;

/// <summary>What about a ScimToken is legal and probably a mistake: said as a warning, never a denial. Pure.</summary>
public static class TokenAdvice
{
    /// <summary>The warning about a rotation that leaves the identity provider no time; null when there is nothing to say.</summary>
    /// <param name="subject">The ScimToken as messages name it, for example <c>ScimToken acme/okta-prod</c>.</param>
    /// <param name="spec">What is declared.</param>
    public static string? ZeroOverlap(string subject, ScimTokenSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var blind = spec.Rotation?.Cutover is not (null or CutoverPolicy.Verified);
        return blind && GoDuration.TryParse(spec.Rotation?.Overlap, out var overlap) && overlap == TimeSpan.Zero
            ? $"{subject}: spec.rotation.overlap is zero and the cut-over is not Verified, so an identity provider that has not read the new token yet is refused."
            : null;
    }

    /// <summary>The warning about a deletion that ends provisioning; null when there is nothing to say.</summary>
    /// <param name="subject">The ScimToken that is deleted, as messages name it.</param>
    /// <param name="spec">What it declared.</param>
    /// <param name="othersRemain">Whether another ScimToken of the same Account is left.</param>
    public static string? OnlyToken(string subject, ScimTokenSpec spec, bool othersRemain)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return othersRemain || spec.DeletionPolicy == TokenDeletionPolicy.Retain || spec.ManagementPolicy == ManagementPolicy.Observe
            ? null
            : $"{subject} is the only ScimToken of Account {spec.AccountRef.Name}: provisioning ends when its token is deleted.";
    }
}
