using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Watches a token move to another owner, as the account and the Secret show it, and notes when each thing was first seen.</summary>
internal sealed class RehomingWatch(Stage stage, string oldToken, string newOwner, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private bool cutoverShown;

    /// <summary>The token that was minted; null before.</summary>
    internal string? NewToken { get; private set; }

    /// <summary>Whether the Secret holds the new token.</summary>
    internal bool Published { get; private set; }

    /// <summary>Whether the account saw it used.</summary>
    internal bool Used { get; private set; }

    /// <summary>Whether the old one is gone.</summary>
    internal bool OldDeleted { get; private set; }

    /// <summary>Looks once.</summary>
    /// <exception cref="StepFailedException">The order was not kept.</exception>
    internal async Task LookAsync(CancellationToken stop)
    {
        // The Secret first: what it holds must be accepted by the account when it is asked afterwards.
        var published = await stage.PublishedTokenAsync(stop);
        var tokens = await stage.Backend.Api.ListTokensAsync(stop);
        NoteMinted(tokens);
        NotePublished(published);
        NoteUsed(tokens);
        await NoteCutoverAsync(stop);
        NoteDeleted(tokens);
    }

    private void NoteMinted(IReadOnlyList<BackendToken> tokens)
    {
        if (NewToken is null && tokens.FirstOrDefault(token => token.OwnerId == newOwner) is { } minted)
        {
            NewToken = minted.Id;
            Note($"minted: the account has a second token, {minted.Id}, and it is bob's");
        }
    }

    private void NotePublished(string? published)
    {
        if (!Published && NewToken is not null && published == NewToken)
        {
            Published = true;
            Note($"published: Secret {OperatorConfig.TokenSecret} holds it");
        }
    }

    private void NoteUsed(IReadOnlyList<BackendToken> tokens)
    {
        if (!Used && tokens.FirstOrDefault(token => token.Id == NewToken) is { LastUsedAt: not null })
        {
            Used = true;
            Note("in use: the account saw a request with it");
        }
    }

    private async Task NoteCutoverAsync(CancellationToken stop)
    {
        if (cutoverShown)
        {
            return;
        }

        var token = await stage.Environment.Reader.GetAsync("scimtokens", Stage.Namespace, Stage.Token, stop);
        if (ClusterReader.Condition(token, "CutoverPending") is { } pending)
        {
            cutoverShown = true;
            Note($"waiting: CutoverPending, {pending["reason"]}: {pending["message"]}");
        }
    }

    private void NoteDeleted(IReadOnlyList<BackendToken> tokens)
    {
        if (OldDeleted || tokens.Any(token => token.Id == oldToken))
        {
            return;
        }

        if (!Published || !Used)
        {
            throw new StepFailedException($"the old token {oldToken} is gone before the new one was {(Published ? "used" : "published")}");
        }

        OldDeleted = true;
        Note($"deleted: the old token {oldToken} is gone");
    }

    private void Note(string what)
    {
        stage.Narrator.Detail($"{time.GetElapsedTime(started).TotalSeconds,5:0.0} s  {what}");
    }
}
