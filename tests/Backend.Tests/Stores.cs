namespace ScimOperator.Backend.Tests;

public static class Stores
{
    public static TheoryData<StoreKind> All => [StoreKind.Memory, StoreKind.File, StoreKind.Postgres];

    /// <summary>The stores whose data outlives the backend.</summary>
    public static TheoryData<StoreKind> Durable => [StoreKind.File, StoreKind.Postgres];
}
