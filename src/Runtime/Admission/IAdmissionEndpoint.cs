using Microsoft.AspNetCore.Http;

namespace ScimOperator.Runtime.Admission;

/// <summary>One path of the webhook server.</summary>
internal interface IAdmissionEndpoint
{
    /// <summary>Answers one request.</summary>
    Task HandleAsync(HttpContext context);
}
