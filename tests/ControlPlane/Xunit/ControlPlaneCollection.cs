namespace ScimOperator.ControlPlanes;

/// <summary>The tests that share the control plane and must not run at the same time as each other.</summary>
[CollectionDefinition(Name)]
public sealed class ControlPlaneCollection : ICollectionFixture<ControlPlaneFixture>
{
    /// <summary>What to put into <c>[Collection(...)]</c>.</summary>
    public const string Name = "control plane";
}
