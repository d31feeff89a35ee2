using System.Text.Json;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Snapshots;

/// <summary>Reads a snapshot file; what is wrong with it is an <see cref="InputException"/>.</summary>
internal static class SnapshotFile
{
    private const long LargestBytes = 256L << 20;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    internal static async Task<AccountSnapshot> ReadAsync(string path, string shown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AccountSnapshot snapshot;
        try
        {
            await using var stream = File.OpenRead(path);
            if (stream.Length > LargestBytes)
            {
                throw new InputException(Position.StartOf(shown), $"the snapshot has more than {LargestBytes} bytes: write it anew with `kubectl scim snapshot`");
            }

            snapshot = await JsonSerializer.DeserializeAsync(stream, SnapshotJsonContext.Default.AccountSnapshot, cancellationToken) ?? new AccountSnapshot();
        }
        catch (JsonException e)
        {
            throw new InputException(
                new Position(shown, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1),
                $"this is no snapshot{(e.Path is { Length: > 1 } field ? $" (at {field})" : "")}: write it with `kubectl scim snapshot`");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(Position.StartOf(shown), $"the snapshot can't be read: {e.Message}");
        }

        return Problem(snapshot, now) is { } problem ? throw new InputException(Position.StartOf(shown), problem) : snapshot;
    }

    private static string? Problem(AccountSnapshot snapshot, DateTimeOffset now) => snapshot switch
    {
        { Version: not AccountSnapshot.CurrentVersion } =>
            $"the snapshot's version is {snapshot.Version}, and {AccountSnapshot.CurrentVersion} is expected: write it with `kubectl scim snapshot` of this version",
        { Account: null or "" } => "the snapshot does not say which account it is of: write it with `kubectl scim snapshot`",
        { TakenAt: null } => "the snapshot does not say when it was taken: write it with `kubectl scim snapshot`",
        { Users: null } or { Tokens: null } => "the snapshot lacks the account's users or tokens: write it with `kubectl scim snapshot`",
        { TakenAt: { } taken } when taken > now + ClockSkew => $"the snapshot was taken in the future ({taken:O}): check the clocks",
        _ when snapshot.Users.Any(u => u is null) || snapshot.Tokens.Any(t => t is null) => "the snapshot has an empty user or token: write it with `kubectl scim snapshot`",
        _ => null,
    };
}
