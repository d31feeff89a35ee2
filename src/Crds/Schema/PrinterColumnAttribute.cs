namespace ScimOperator.Crds.Schema;

/// <summary>A column of <c>kubectl get</c>. Columns are printed in the order of their <c>order</c>.</summary>
/// <param name="order">Position, from 0.</param>
/// <param name="name">Heading.</param>
/// <param name="type">OpenAPI type: string, integer, boolean or date.</param>
/// <param name="jsonPath">Where the value is.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(int order, string name, string type, string jsonPath) : Attribute
{
    /// <summary>Position, from 0.</summary>
    public int Order => order;

    /// <summary>Heading.</summary>
    public string Name => name;

    /// <summary>OpenAPI type of the value.</summary>
    public string Type => type;

    /// <summary>Where the value is.</summary>
    public string JsonPath => jsonPath;

    /// <summary>0 is always shown, 1 only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }
}
