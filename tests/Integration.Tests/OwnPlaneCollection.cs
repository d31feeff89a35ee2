namespace ScimOperator.Integration.Tests;

/// <summary>The tests that kill, restart or count, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OwnPlaneCollection : ICollectionFixture<OwnPlaneFixture>
{
    internal const string Name = "own control plane";
}
