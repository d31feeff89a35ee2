using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>Judges requests for one kind. An exception becomes a denial (fail closed).</summary>
public interface IAdmissionHandler<T>
    where T : class, IKubernetesObject
{
    /// <summary>Judges one request.</summary>
    ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<T> request, CancellationToken cancellationToken);
}
