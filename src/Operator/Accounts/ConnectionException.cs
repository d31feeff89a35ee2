using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.Accounts;

/// <summary>No connection can be made from the Account as it is: something has to be changed first.</summary>
/// <param name="problem">What to report.</param>
public sealed class ConnectionException(Problem problem) : Exception(problem?.Message)
{
    /// <summary>What to report.</summary>
    public Problem Problem => problem;
}
