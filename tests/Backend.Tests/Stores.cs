namespace ScimOperator.Backend.Tests;

public static class Stores
{
    public static TheoryData<StoreKind> All => [StoreKind.Memory, StoreKind.File];
}
