namespace ScimOperator.Backend.Filtering;

/// <summary>Comparison operators, named as they are written.</summary>
internal enum ComparisonOperator
{
    Eq,
    Ne,
    Co,
    Sw,
    Ew,
    Gt,
    Ge,
    Lt,
    Le,
}
