using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>The request of an AdmissionReview, typed.</summary>
/// <param name="Operation">CREATE, UPDATE or DELETE.</param>
/// <param name="Key">The object's namespace and name (the name is empty when it will be generated).</param>
/// <param name="Object">The object after the change; null for DELETE.</param>
/// <param name="OldObject">The object before; null for CREATE.</param>
/// <param name="UserName">Who asks.</param>
/// <param name="DryRun">Whether nothing will be persisted.</param>
public sealed record AdmissionRequest<T>(
    AdmissionOperation Operation,
    ObjectKey Key,
    T? Object,
    T? OldObject,
    string UserName,
    bool DryRun)
    where T : class, IKubernetesObject;
