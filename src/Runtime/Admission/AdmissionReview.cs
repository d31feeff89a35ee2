using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>A review as read: what to answer to, and either the request or what can't be read of it.</summary>
/// <param name="Uid">request.uid: the answer repeats it.</param>
/// <param name="Key">The object.</param>
/// <param name="Request">The typed request; null when an object in it can't be read.</param>
/// <param name="Unreadable">What can't be read; null when everything could.</param>
internal readonly record struct AdmissionReview<T>(string Uid, ObjectKey Key, AdmissionRequest<T>? Request, string? Unreadable)
    where T : class, IKubernetesObject;
