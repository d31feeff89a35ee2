namespace ScimOperator.Runtime.Admission;

/// <summary>The operation under review (admission.k8s.io/v1).</summary>
public enum AdmissionOperation
{
    /// <summary>CREATE.</summary>
    Create,

    /// <summary>UPDATE.</summary>
    Update,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>CONNECT.</summary>
    Connect,
}
