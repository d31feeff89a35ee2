namespace ScimOperator.Drivers;

/// <summary>What came of trying a SCIM token at the service provider.</summary>
/// <param name="Accepted">Whether it was let in.</param>
/// <param name="Words">What the provider said when it was not.</param>
public sealed record TokenTrial(bool Accepted, string Words);
