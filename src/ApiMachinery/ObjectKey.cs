namespace ScimOperator.ApiMachinery;

/// <summary>Names one object of a known kind. <see cref="Namespace"/> is empty for cluster-scoped objects.</summary>
/// <param name="Namespace">The object's namespace.</param>
/// <param name="Name">The object's name.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>The form used in messages and logs: <c>namespace/name</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
