using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ScimOperator.Operator.Accounts;

/// <summary>
/// The reference a token carries at the account: the ScimToken's UID and an ordinal. It is unique among live tokens, so a
/// repeated request collides with the token it made before, instead of making a second one.
/// </summary>
/// <param name="Uid">metadata.uid of the ScimToken.</param>
/// <param name="Ordinal">Counts the tokens of that ScimToken, from 1.</param>
public readonly record struct TokenReference(string Uid, int Ordinal)
{
    /// <summary>Reads a reference; false when it is not one of ours.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenReference reference)
    {
        reference = default;
        var slash = text?.LastIndexOf('/') ?? -1;
        if (slash <= 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal))
        {
            return false;
        }

        reference = new TokenReference(text![..slash], ordinal);
        return true;
    }

    /// <summary>As it is sent: <c>uid/ordinal</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Uid}/{Ordinal}");
}
