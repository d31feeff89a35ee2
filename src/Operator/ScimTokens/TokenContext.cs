using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>What one pass of reconciling a ScimToken works on.</summary>
/// <param name="Token">The object.</param>
/// <param name="Account">Its Account.</param>
/// <param name="Session">The session with the account.</param>
/// <param name="ScimUrl">The SCIM endpoint to publish.</param>
/// <param name="Secret">The Secret as read; null when there is none.</param>
/// <param name="OwnerProblem">Why no token can be issued to the owner; null when one can.</param>
internal sealed record TokenContext(
    ScimToken Token, Account Account, AccountSession Session, string ScimUrl, PublishedSecret? Secret, Problem? OwnerProblem);
