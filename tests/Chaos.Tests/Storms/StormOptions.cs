namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>How a storm is run.</summary>
internal sealed record StormOptions
{
    /// <summary>What faults and people's deeds are drawn from.</summary>
    internal required int Seed { get; init; }

    /// <summary>How long there are faults.</summary>
    internal required TimeSpan Duration { get; init; }

    /// <summary>Whether anything is killed, cut or delayed.</summary>
    internal bool WithFaults { get; init; } = true;

    /// <summary>Whether somebody deletes a token that is in use, at the account: what the observers must see.</summary>
    internal bool Sabotage { get; init; }

    /// <summary>How long it may take after the last fault until everything is Ready.</summary>
    internal TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(90);
}
