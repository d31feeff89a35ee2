namespace ScimOperator.Runtime.Admission;

/// <summary>What was sent is no AdmissionReview this endpoint can answer.</summary>
/// <param name="code">HTTP status.</param>
/// <param name="message">What is wrong with it.</param>
internal sealed class MalformedReviewException(int code, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Code => code;
}
