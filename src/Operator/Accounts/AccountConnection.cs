using ScimOperator.Drivers;

namespace ScimOperator.Operator.Accounts;

/// <summary>A driver for one account, made from one version of its spec and credential.</summary>
/// <param name="Fingerprint">Changes when the spec's connection or the credential does.</param>
/// <param name="Driver">The driver.</param>
public sealed record AccountConnection(string Fingerprint, IAccountDriver Driver);
