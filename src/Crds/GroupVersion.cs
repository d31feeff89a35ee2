namespace ScimOperator.Crds;

/// <summary>The API group and version of the three kinds.</summary>
public static class GroupVersion
{
    /// <summary>API group.</summary>
    public const string Group = "scim-operator.io";

    /// <summary>API version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>The value of apiVersion in manifests.</summary>
    public const string ApiVersion = Group + "/" + Version;

    /// <summary>Category: <c>kubectl get scim</c> lists all three kinds.</summary>
    public const string Category = "scim";
}
