using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>The reference backend with one account on SQLite, which keeps its data and its port when it is started again.</summary>
public sealed class BackendProcess : IAsyncDisposable
{
    private readonly BackendSettings settings;
    private readonly string program;
    private readonly string folder;
    private readonly ProcessStarter starter;
    private readonly Waiting waiting;
    private ChildProcess? child;
    private BackendApi? api;

    internal BackendProcess(BackendSettings settings, string program, string folder, ProcessStarter starter, Waiting waiting)
    {
        this.settings = settings;
        this.program = program;
        this.folder = folder;
        this.starter = starter;
        this.waiting = waiting;
        CredentialFile = Path.Combine(folder, "credential");
    }

    /// <summary>The account's name.</summary>
    public string Account => settings.Account;

    /// <summary>The file with the admin API's credential (mode 0600).</summary>
    public string CredentialFile { get; }

    /// <summary>Where it listens.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public Uri Url => Api.Url;

    /// <summary>The SCIM base URL.</summary>
    public Uri ScimUrl => new(Url, "/scim/v2");

    /// <summary>The account's admin API, with its credential.</summary>
    public BackendApi Api => api ?? throw new InvalidOperationException("The backend was not started.");

    /// <summary>The running program, for signals.</summary>
    public ChildProcess Process => child ?? throw new InvalidOperationException("The backend was not started.");

    /// <summary>Starts it, again where it was stopped or killed, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        PrivateFile.CreateFolder(folder);
        var ready = Path.Combine(folder, "ready");
        File.Delete(ready);
        child = starter.Start($"scim-backend-{settings.Account}", program, Arguments(ready));
        await waiting.UntilAsync(
            "the backend answers", _ => Task.FromResult(File.Exists(ready) ? null : "it is starting"), child, cancellationToken);
        api ??= new BackendApi(new Uri(await File.ReadAllTextAsync(ready, cancellationToken)), await File.ReadAllTextAsync(CredentialFile, cancellationToken));
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => Process.KillAsync(cancellationToken);

    /// <summary>SIGTERM, and waits for the end.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Process.StopAsync(cancellationToken: cancellationToken);

    /// <summary>Ends it, unless it is to outlive this process.</summary>
    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        await (child?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private List<string> Arguments(string ready) =>
    [
        "--listen", api is null ? "127.0.0.1:0" : $"127.0.0.1:{api.Url.Port}",
        "--ready-file", ready,
        "--data", Path.Combine(folder, "account.db"),
        "--account", settings.Account,
        "--plan", settings.Plan,
        "--credential-file", CredentialFile,
        .. settings.Admins.SelectMany(email => new[] { "--admin", email }),
        "--credential-admin", settings.CredentialAdmin,
        .. settings.Arguments,
    ];
}
