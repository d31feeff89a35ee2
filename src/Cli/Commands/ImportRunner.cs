using ScimOperator.Cli.Imports;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Drivers.AccountApi;
using ScimOperator.Drivers.Scim;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim import</c>. Reads only.</summary>
internal sealed class ImportRunner(CliEnvironment environment)
{
    private const string CredentialKey = "credential";
    private readonly AccountFiles files = new(environment);

    internal async Task<int> RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await ImportAsync(request, cancellationToken);
            return ExitCodes.Allowed;
        }
        catch (Exception e) when (e is ApiException or BackendException)
        {
            await environment.Error.WriteLineAsync($"kubectl scim: {e.Message}");
            return ExitCodes.Unknown;
        }
    }

    private async Task ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var (ns, name) = AccountFiles.Account(request.Account);
        var manifests = new ImportedManifests(await ReadAsync(request, cancellationToken), new ImportAim(ns, name, Spec(request, name)));
        await files.WriteAsync(request.Output, manifests.Write(), cancellationToken);
        foreach (var left in manifests.LeftOut)
        {
            await environment.Error.WriteLineAsync($"Left out: {left}");
        }

        await environment.Error.WriteLineAsync(
            $"Account {request.Account}: {manifests.UserCount} AccountUsers, {manifests.TokenCount} ScimTokens. Its credential is expected in Secret {CredentialSecret(name)}, key {CredentialKey}.");
    }

    private async Task<LiveAccount> ReadAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var url = AccountFiles.Url(request.Url);
        using var http = files.Client(request.CaFile);
        var connection = await files.ConnectAsync(http, url, request.CredentialFile, cancellationToken);
        IAccountDriver driver = request.Driver == AccountDriver.Scim ? new ScimDriver(connection, new UserTypeMapping(null)) : new AccountApiDriver(connection);
        var self = await driver.GetAccountAsync(cancellationToken);
        await environment.Error.WriteLineAsync("Reading users ...");
        var users = await driver.ListUsersAsync(cancellationToken);
        await environment.Error.WriteLineAsync($"{users.Count} users read.");
        var now = environment.Time.GetUtcNow();
        var tokens = self.Capabilities.Tokens == false ? [] : await driver.ListTokensAsync(null, cancellationToken);
        return new LiveAccount(self, users, [.. tokens.Where(t => t.IsLive(now))]);
    }

    private AccountSpec Spec(ImportRequest request, string name) => new()
    {
        Driver = request.Driver == AccountDriver.AccountApi ? null : request.Driver,
        Url = request.Url,
        CredentialsSecretRef = new SecretKeyReference { Name = CredentialSecret(name), Key = CredentialKey },
        CaBundle = request.CaFile is { } file ? Convert.ToBase64String(File.ReadAllBytes(Path.Combine(environment.WorkingDirectory, file))) : null,
        ManagementPolicy = request.Manage ? null : ManagementPolicy.Observe,
    };

    private static string CredentialSecret(string account) => $"{account}-credential";
}
