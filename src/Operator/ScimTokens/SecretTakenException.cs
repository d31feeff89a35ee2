using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>A Secret of the wanted name exists and belongs to somebody else: it is not touched.</summary>
/// <param name="secret">The Secret.</param>
internal sealed class SecretTakenException(ObjectKey secret) : Exception($"Secret {secret} belongs to somebody else")
{
    internal ObjectKey Secret => secret;
}
