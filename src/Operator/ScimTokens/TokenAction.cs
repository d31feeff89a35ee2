using System.Globalization;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>One step of a <see cref="TokenPlan"/>. It prints as what it does, without secrets.</summary>
public abstract record TokenAction
{
    /// <summary>Delete a token that was generated and never published: nobody knows its value.</summary>
    public sealed record RevokeOrphan(string Id) : TokenAction
    {
        /// <inheritdoc/>
        public override string ToString() => $"revoke orphan {Id}";
    }

    /// <summary>Generate a token and publish it.</summary>
    public sealed record Issue(int Ordinal, string OwnerId, IssueCause Cause) : TokenAction
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"issue #{Ordinal} to {OwnerId}: {Cause}");
    }

    /// <summary>Lay the Secret out anew, with the token that is in it.</summary>
    public sealed record Relayout : TokenAction
    {
        /// <inheritdoc/>
        public override string ToString() => "lay the Secret out anew";
    }

    /// <summary>Delete a token that was replaced.</summary>
    public sealed record Retire(string Id) : TokenAction
    {
        /// <inheritdoc/>
        public override string ToString() => $"retire {Id}";
    }
}
