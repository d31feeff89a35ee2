namespace ScimOperator.Backend.Schemas;

/// <summary>Definition of one attribute (RFC 7643, section 7). Drives parsing, filters, patches and <c>/Schemas</c> alike.</summary>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description)
{
    public bool MultiValued { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether comparisons heed the case.</summary>
    public bool CaseExact { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Accepted and never shown (password).</summary>
    public bool WriteOnly { get; init; }

    /// <summary>Returned whatever a caller asks for.</summary>
    public bool Always { get; init; }

    public bool UniqueOnServer { get; init; }

    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    public IReadOnlyList<ScimAttribute> Sub { get; init; } = [];

    public ScimAttribute? FindSub(string name) => Sub.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
