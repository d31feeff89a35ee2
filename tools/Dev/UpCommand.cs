using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.State;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Leaves the environment running: account acme, alice and bob, ScimToken okta-prod, in namespace acme.</summary>
internal sealed class UpCommand(RepositoryLayout repository, Narrator narrator, TimeProvider time)
{
    private const string Complete = "complete";

    private readonly DevFiles files = new(repository);

    internal async Task<int> RunAsync(CancellationToken stop)
    {
        var state = RunStateFile.Load(files.State);
        if (IsRunning(state))
        {
            narrator.Say("The environment is running already.");
            Tell(state.Values);
            return 0;
        }

        if (File.Exists(files.State))
        {
            narrator.Say("An earlier environment is incomplete: ending what is left of it, and starting anew.");
            await EndAsync();
        }

        try
        {
            await StartAsync(stop);
        }
        catch (Exception exception) when (exception is ControlPlaneException or OperationCanceledException or HttpRequestException or FormatException)
        {
            narrator.Fail(exception is OperationCanceledException ? "interrupted" : exception.Message);
            await EndAsync();
            return 1;
        }

        Tell(RunStateFile.Load(files.State).Values);
        return 0;
    }

    private static bool IsRunning(RunState state) =>
        state.Values.ContainsKey(Complete) && state.Processes.All(process => process.Identity.IsAlive);

    private async Task StartAsync(CancellationToken stop)
    {
        RunStateFile.Update(files.State, state => state.WithFolder(files.Work));
        var options = new DevEnvironmentOptions
        {
            Repository = repository,
            WorkDirectory = files.Work,
            StatePath = files.State,
            Replicas = 2,
            SupervisorProgram = System.Environment.ProcessPath,
            Progress = narrator.Progress,
            Typed = narrator.Typed,
            Time = time,
        };
        await using var environment = await DevEnvironment.StartControlPlaneAsync(options, stop);
        if (environment.IsForeign)
        {
            RunStateFile.Update(files.State, state => state.WithValue(DevStop.ForeignManifest, environment.ConfigManifest));
        }

        await environment.ApplyConfigAsync(stop);
        await environment.StartOperatorsAsync(stop);
        var backend = await environment.StartBackendAsync(cancellationToken: stop);
        await environment.CreateCredentialAsync(backend, OperatorConfig.SamplesNamespace, OperatorConfig.CredentialSecret, stop);
        narrator.Say($"The Account's spec.url in a copy of config/samples is replaced by {backend.Url.GetLeftPart(UriPartial.Authority)}:");
        await environment.ApplySamplesAsync(backend, stop);
        await environment.WaitUntilReadyAsync("scimtokens", OperatorConfig.SamplesNamespace, "okta-prod", stop);
        await environment.Kubectl.TypeSuccessfullyAsync(["--namespace", OperatorConfig.SamplesNamespace, "get", "accounts,accountusers,scimtokens"], stop);
        Remember(environment, backend);
    }

    private void Remember(DevEnvironment environment, BackendProcess backend)
    {
        var variables = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = environment.Plane.KubeconfigPath,
            ["BACKEND_URL"] = backend.Url.GetLeftPart(UriPartial.Authority),
            ["BACKEND_CREDENTIAL_FILE"] = backend.CredentialFile,
            ["SCIM_URL"] = backend.ScimUrl.AbsoluteUri,
            ["KUBECTL"] = environment.Plane.KubectlPath ?? "kubectl",
        };
        EnvironmentFile.Write(files.Environment, variables);
        RunStateFile.Update(files.State, state =>
            variables.Aggregate(state, (result, variable) => result.WithValue(variable.Key, variable.Value)).WithValue(Complete, "true"));
    }

    private void Tell(IReadOnlyDictionary<string, string> values)
    {
        narrator.Say($"""

              KUBECONFIG               {values["KUBECONFIG"]}
              backend                  {values["BACKEND_URL"]} (its admin credential: {values["BACKEND_CREDENTIAL_FILE"]})
              SCIM                     {values["SCIM_URL"]}
              logs                     {repository.Relative(files.Work)}/logs and {repository.Relative(files.Work)}/control-plane/logs

            Next:   source {repository.Relative(files.Environment)} && $KUBECTL -n acme get scimtokens,accountusers,accounts
            End it: make down
            """);
    }

    private Task<int> EndAsync() => new DevStop(files, narrator, time).RunAsync(CancellationToken.None);
}
