using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>The Secret a token is published in.</summary>
public sealed record TokenSecret
{
    /// <summary>name of the Secret, in the same namespace. A Secret of that name that the operator did not make is never touched. Immutable.</summary>
    [RequiredField, Length(1, 253), Pattern(Patterns.DnsSubdomain)]
    [CelRule("self == oldSelf", "secret.name is immutable: create another ScimToken for the other Secret")]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>keys: names of the keys in the Secret.</summary>
    public TokenSecretKeys? Keys { get; init; }

    /// <summary>labels added to the Secret.</summary>
    [Length(0, 32), ItemLength(63)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>annotations added to the Secret.</summary>
    [Length(0, 32), ItemLength(4096)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>template: more keys for consumers that want one document; $(token), $(url) and $(tokenId) in a value are replaced.</summary>
    [Length(0, 16), ItemLength(65536)]
    public IReadOnlyDictionary<string, string>? Template { get; init; }
}
