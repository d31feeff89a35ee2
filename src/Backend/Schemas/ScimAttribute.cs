namespace ScimOperator.Backend.Schemas;

/// <summary>Definition of one attribute (RFC 7643, section 7). Drives parsing, filters, patches and <c>/Schemas</c> alike.</summary>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description)
{
    public bool MultiValued { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether comparisons heed the case.</summary>
    public bool CaseExact { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Given when its value is made, and not changed after.</summary>
    public bool Immutable { get; init; }

    /// <summary>Accepted and never shown (password).</summary>
    public bool WriteOnly { get; init; }

    /// <summary>Returned whatever a caller asks for.</summary>
    public bool Always { get; init; }

    public bool UniqueOnServer { get; init; }

    /// <summary>Most values that are taken at once. Keeps the work of a request bounded.</summary>
    public int MaxValues { get; init; } = 250;

    /// <summary>What a reference leads to: names of resource types, <c>external</c> or <c>uri</c>.</summary>
    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    public IReadOnlyList<ScimAttribute> Sub { get; init; } = [];

    public ScimAttribute? FindSub(string name) => Sub.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
