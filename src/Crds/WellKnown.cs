namespace ScimOperator.Crds;

/// <summary>Names of finalizers, annotations and labels that users meet.</summary>
public static class WellKnown
{
    /// <summary>The field manager of every write.</summary>
    public const string FieldManager = "scim-operator";

    /// <summary>Finalizer of Account.</summary>
    public const string AccountFinalizer = GroupVersion.Group + "/account";

    /// <summary>Finalizer of AccountUser.</summary>
    public const string AccountUserFinalizer = GroupVersion.Group + "/account-user";

    /// <summary>Finalizer of ScimToken.</summary>
    public const string ScimTokenFinalizer = GroupVersion.Group + "/scim-token";

    /// <summary>Annotation: any value but "false" stops the controller from acting on the object.</summary>
    public const string Paused = GroupVersion.Group + "/paused";

    /// <summary>Annotation: a new value asks for a reconcile now; status repeats it once done.</summary>
    public const string ReconcileRequestedAt = GroupVersion.Group + "/reconcile-requested-at";

    /// <summary>Annotation: a new value asks a ScimToken to rotate; status repeats it once the rotation has begun.</summary>
    public const string RotateRequestedAt = GroupVersion.Group + "/rotate-requested-at";

    /// <summary>Annotation of a published Secret: the id of the token in it at the backend.</summary>
    public const string TokenId = GroupVersion.Group + "/token-id";

    /// <summary>Annotation of a published Secret: when it was published (RFC 3339).</summary>
    public const string PublishedAt = GroupVersion.Group + "/published-at";

    /// <summary>Annotation of a published Secret: SHA-256 over its keys and values, to notice a change by somebody else.</summary>
    public const string ContentChecksum = GroupVersion.Group + "/content-checksum";

    /// <summary>Label of every Secret that the operator publishes.</summary>
    public const string ManagedByLabel = "app.kubernetes.io/managed-by";

    /// <summary>Value of <see cref="ManagedByLabel"/>.</summary>
    public const string ManagedByValue = "scim-operator";
}
