using ScimOperator.Crds;

namespace ScimOperator.Cli.Tokens;

/// <summary>Keeps how far several ScimTokens have come, from one sighting to the next. Pure: it is told what was seen.</summary>
/// <param name="goals">What each is followed for, by name.</param>
internal sealed class TokenFollower(IReadOnlyDictionary<string, TokenGoal> goals)
{
    private readonly SortedDictionary<string, Progress> progress = new(
        goals.ToDictionary(g => g.Key, _ => Progress.Pending("nothing was seen of it yet.")), StringComparer.Ordinal);

    private readonly Dictionary<string, ScimToken> last = new(StringComparer.Ordinal);

    /// <summary>Whether all have what they are followed for.</summary>
    internal bool IsDone => progress.Values.All(p => p.Kind == ProgressKind.Done);

    /// <summary>The first that is stuck; null when none is.</summary>
    internal (string Name, Progress Progress)? Failure =>
        progress.Where(p => p.Value.Kind == ProgressKind.Failed).Select(p => ((string, Progress)?)(p.Key, p.Value)).FirstOrDefault();

    /// <summary>What is not there yet, by name.</summary>
    internal IReadOnlyList<(string Name, Progress Progress)> Pending =>
        [.. progress.Where(p => p.Value.Kind != ProgressKind.Done).Select(p => (p.Key, p.Value))];

    /// <summary>The objects as last seen, by name.</summary>
    internal IReadOnlyDictionary<string, ScimToken> Last => last;

    /// <summary>Takes note of a sighting; gives the line that says what changed, or null when nothing did that matters.</summary>
    internal string? Observe(string name, ScimToken? token)
    {
        if (!goals.TryGetValue(name, out var goal))
        {
            return null;
        }

        if (token is not null)
        {
            last[name] = token;
        }

        var now = TokenJudge.Judge(token, goal);
        if (progress[name] == now)
        {
            return null;
        }

        progress[name] = now;
        return $"{name}: {(now.Kind == ProgressKind.Done ? "done: " : "")}{now.Message}";
    }
}
