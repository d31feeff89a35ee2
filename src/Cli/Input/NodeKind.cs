namespace ScimOperator.Cli.Input;

/// <summary>The JSON kinds a value can be of.</summary>
internal enum NodeKind
{
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    List,
    Map,
}
