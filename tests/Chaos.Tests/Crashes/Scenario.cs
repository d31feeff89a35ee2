namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>What people do, and what must come of it however often the operator is killed meanwhile.</summary>
/// <param name="Name">In the words of a report.</param>
/// <param name="StartsFromNothing">Whether the Account and its admins are made in the scenario too.</param>
/// <param name="StartsWithToken">Whether a published token is there before.</param>
/// <param name="EndsWithToken">Whether one is there after.</param>
/// <param name="Act">What people do.</param>
/// <param name="WhyNotDone">Null when what they wanted is so, beside the final state that must hold after every scenario.</param>
internal sealed record Scenario(
    string Name,
    bool StartsFromNothing,
    bool StartsWithToken,
    bool EndsWithToken,
    Func<ScenarioRun, Task> Act,
    Func<ScenarioRun, CancellationToken, Task<string?>> WhyNotDone)
{
    /// <summary>For the name of a test.</summary>
    public override string ToString() => Name;
}
