namespace ScimOperator.CrdGen;

/// <summary>One node of a structural OpenAPI schema, the subset that CustomResourceDefinitions use.</summary>
public sealed record SchemaNode
{
    /// <summary>OpenAPI type: object, array, string, integer or boolean.</summary>
    public required string Type { get; init; }

    /// <summary>What the field means; shown by <c>kubectl explain</c>.</summary>
    public string? Description { get; init; }

    /// <summary>OpenAPI format: date-time, byte, int32 or int64.</summary>
    public string? Format { get; init; }

    /// <summary>Regular expression (RE2) a string must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Allowed values of a string.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Smallest length: characters, items or entries, by <see cref="Type"/>.</summary>
    public int? MinLength { get; init; }

    /// <summary>Largest length: characters, items or entries, by <see cref="Type"/>.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Smallest number.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public long? Maximum { get; init; }

    /// <summary>Fields of an object, in the order of their names.</summary>
    public IReadOnlyList<SchemaProperty> Properties { get; init; } = [];

    /// <summary>Schema of the items of a list.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Schema of the values of a map.</summary>
    public SchemaNode? AdditionalProperties { get; init; }

    /// <summary>The key field of a list that is merged by key; null on a list means that it is replaced as a whole.</summary>
    public string? ListMapKey { get; init; }

    /// <summary>CEL rules (x-kubernetes-validations).</summary>
    public IReadOnlyList<SchemaRule> Rules { get; init; } = [];
}
