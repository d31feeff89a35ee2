namespace ScimOperator.Integration.Tests;

/// <summary>The tests that one running operator serves.</summary>
[CollectionDefinition(Name)]
public sealed class SharedOperatorCollection : ICollectionFixture<SharedOperatorFixture>
{
    internal const string Name = "shared operator";
}
