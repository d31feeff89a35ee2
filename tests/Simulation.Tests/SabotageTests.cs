using ScimOperator.Simulation.Tests.Engine;
using ScimOperator.Simulation.Tests.Sabotage;
using Xunit.Abstractions;

namespace ScimOperator.Simulation.Tests;

/// <summary>With one safety switched off, the simulation must find what it protects from: else it would prove nothing.</summary>
public sealed class SabotageTests(ITestOutputHelper output)
{
    private const int MostSeeds = 400;

    [Fact]
    public void Retiring_before_use_was_seen_is_found() =>
        MustBeFound("continuity", SimulationOptions.Default with { WrapDriver = (driver, time) => new EagerDriver(driver, time) });

    [Fact]
    public void Generating_without_a_reference_is_found() =>
        MustBeFound("convergence", SimulationOptions.Default with { WrapDriver = (driver, _) => new AnonymousDriver(driver) });

    [Fact]
    public void A_guard_that_does_not_ask_the_account_is_found() =>
        MustBeFound("guard", SimulationOptions.Default with { Restricts = false, WrapDriver = (driver, _) => new BlindDriver(driver) });

    [Fact]
    public void Writing_a_Secret_whatever_its_version_is_found() =>
        MustBeFound("continuity", SimulationOptions.Default with { WrapClient = client => new UnconditionalClient(client) });

    [Fact]
    public void Deleting_what_a_late_write_may_publish_is_found() =>
        MustBeFound("continuity", SimulationOptions.Default with { Only = [Fault.CrashBefore, Fault.Slow], WrapClient = client => new UnfencedClient(client) });

    [Fact]
    public void An_inventory_that_lacks_the_operators_own_writes_is_found() =>
        MustBeFound("convergence", SimulationOptions.Default with { WrapDriver = (driver, _) => new LaggingDriver(driver) });

    [Fact]
    public void Overwriting_a_foreign_Secret_is_found() =>
        MustBeFound("unasked", SimulationOptions.Default with { WrapClient = client => new GreedyClient(client) });

    [Fact]
    public void A_value_in_a_status_is_found() =>
        MustBeFound("leak", SimulationOptions.Default with { WrapDriver = (driver, _) => new TalkativeDriver(driver) });

    private void MustBeFound(string kind, SimulationOptions options)
    {
        for (var seed = 1; seed <= MostSeeds; seed++)
        {
            if (Simulation.Run(seed, options).Violation is { } violation)
            {
                output.WriteLine(Simulation.Run(seed, options).ToString());
                Assert.StartsWith(kind, violation, StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail($"{MostSeeds} seeds, and nothing was found");
    }
}
