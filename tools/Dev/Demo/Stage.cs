using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>What the steps share: the environment, the narrator and what earlier steps found.</summary>
internal sealed class Stage(Narrator narrator, DevEnvironmentOptions environmentOptions, DemoOptions options)
{
    private DevEnvironment? environment;
    private BackendProcess? backend;
    private IdpProcess? idp;

    internal const string Namespace = OperatorConfig.SamplesNamespace;
    internal const string Alice = "alice@example.com";
    internal const string Bob = "bob@example.com";
    internal const string Token = "okta-prod";

    internal Narrator Narrator => narrator;

    internal DevEnvironmentOptions EnvironmentOptions => environmentOptions;

    internal DemoOptions Options => options;

    internal DevEnvironment Environment
    {
        get => environment ?? throw new InvalidOperationException("Step 1 sets the environment.");
        set => environment = value;
    }

    internal BackendProcess Backend
    {
        get => backend ?? throw new InvalidOperationException("Step 1 starts the backend.");
        set => backend = value;
    }

    internal IdpProcess Idp
    {
        get => idp ?? throw new InvalidOperationException("Step 3 starts the identity provider.");
        set => idp = value;
    }

    /// <summary>Whether step 1 got that far.</summary>
    internal bool HasEnvironment => environment is not null;

    /// <summary>The manifest that demotes alice, made by step 4 and applied again by step 6.</summary>
    internal string DemotionManifest => Path.Combine(environmentOptions.WorkDirectory, "alice-as-member.yaml");

    /// <summary>Says that something holds, or fails the step.</summary>
    /// <exception cref="StepFailedException">It does not hold.</exception>
    internal void Verify(bool holds, string what, string? instead = null)
    {
        if (!holds)
        {
            throw new StepFailedException($"expected: {what}{(instead is null ? "" : $"; instead: {instead}")}");
        }

        narrator.Verified(what);
    }

    /// <summary>kubectl in the namespace of the samples.</summary>
    internal Task<CommandResult> KubectlAsync(CancellationToken stop, params string[] arguments) =>
        Environment.Kubectl.TypeAsync(["--namespace", Namespace, .. arguments], stop);

    /// <summary>As <see cref="KubectlAsync"/>, where only success will do.</summary>
    internal Task<string> KubectlSuccessfullyAsync(CancellationToken stop, params string[] arguments) =>
        Environment.Kubectl.TypeSuccessfullyAsync(["--namespace", Namespace, .. arguments], stop);

    /// <summary>The id of the token that the Secret holds.</summary>
    internal Task<string?> PublishedTokenAsync(CancellationToken stop) =>
        Environment.Reader.GetSecretValueAsync(Namespace, OperatorConfig.TokenSecret, "tokenId", stop);
}
