using System.Text.Json;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Drivers.AccountApi;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim snapshot</c>.</summary>
internal sealed class SnapshotRunner(CliEnvironment environment)
{
    private readonly AccountFiles files = new(environment);

    internal async Task<int> RunAsync(SnapshotRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await TakeAsync(request, cancellationToken);
            await files.WriteAsync(request.Output, JsonSerializer.Serialize(snapshot, SnapshotJsonContext.Default.AccountSnapshot) + "\n", cancellationToken);
            await environment.Error.WriteLineAsync($"Account {request.Account}: {snapshot.Users!.Count} users, {snapshot.Tokens!.Count} tokens.");
            return ExitCodes.Allowed;
        }
        catch (ApiException e)
        {
            await environment.Error.WriteLineAsync($"kubectl scim: {e.Message}");
            return ExitCodes.Unknown;
        }
    }

    private async Task<AccountSnapshot> TakeAsync(SnapshotRequest request, CancellationToken cancellationToken)
    {
        var url = AccountFiles.Url(request.Url);
        var (ns, account) = AccountFiles.Account(request.Account);
        using var http = files.Client(request.CaFile);
        var driver = new AccountApiDriver(await files.ConnectAsync(http, url, request.CredentialFile, cancellationToken));
        return await new AccountReader(driver, url, environment.Time).ReadAsync(ns, account, cancellationToken);
    }
}
