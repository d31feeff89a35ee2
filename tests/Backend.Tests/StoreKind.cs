namespace ScimOperator.Backend.Tests;

/// <summary>The stores that every behaviour is tested on.</summary>
public enum StoreKind
{
    Memory,
    File,
}
