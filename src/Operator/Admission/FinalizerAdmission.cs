using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Admission;

/// <summary>
/// Adds the finalizer while an object is created, which saves the controller a write of its own per object. Nothing
/// depends on it: the controller adds the finalizer when this webhook did not run.
/// </summary>
internal sealed class FinalizerAdmission(string finalizer) : IAdmissionHandler<PartialObject>
{
    private readonly AdmissionVerdict addFirst = Patch($$"""[{"op":"add","path":"/metadata/finalizers","value":["{{finalizer}}"]}]""");
    private readonly AdmissionVerdict append = Patch($$"""[{"op":"add","path":"/metadata/finalizers/-","value":"{{finalizer}}"}]""");

    public ValueTask<AdmissionVerdict> HandleAsync(AdmissionRequest<PartialObject> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Object switch
        {
            null => AdmissionVerdict.Allow,
            { } obj when obj.HasFinalizer(finalizer) => AdmissionVerdict.Allow,
            { Metadata.Finalizers: null } => addFirst,
            _ => append,
        });

    private static AdmissionVerdict Patch(string json) => AdmissionVerdict.Allow with { JsonPatch = Encoding.UTF8.GetBytes(json) };
}
