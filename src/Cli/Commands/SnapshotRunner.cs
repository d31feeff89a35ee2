using System.Text.Json;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Drivers;
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
        var credential = await files.CredentialAsync(request.CredentialFile, cancellationToken);
        using var http = new HttpClient(new PatientHandler(AccountHandler.Create(files.Roots(request.CaFile)), environment.Time)) { Timeout = Timeout.InfiniteTimeSpan };
        var gate = new AccountGate(environment.Time, new Random());
        var driver = new AccountApiDriver(new DriverConnection(http, url, credential, gate, environment.Time, PatientHandler.LongestCall));
        return await new AccountReader(driver, url, environment.Time).ReadAsync(ns, account, cancellationToken);
    }
}
