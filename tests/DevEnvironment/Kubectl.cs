using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>kubectl as the cluster's administrator.</summary>
public sealed class Kubectl
{
    private static readonly (int Major, int Minor) FirstWithCelSchema = (1, 23);

    private readonly ControlPlane plane;
    private readonly Action<KubectlCall>? typed;

    internal Kubectl(ControlPlane plane, Action<KubectlCall>? typed)
    {
        this.plane = plane;
        this.typed = typed;
    }

    /// <summary>
    /// What applying CRDs needs besides: a server before 1.23 doesn't know x-kubernetes-validations, and kubectl's
    /// check on the client's side, which asks the server what it knows, refuses the field.
    /// </summary>
    private IReadOnlyList<string> WhereOld =>
        plane.ServerVersion.IsAtLeast(FirstWithCelSchema.Major, FirstWithCelSchema.Minor) ? [] : ["--validate=false"];

    /// <summary>Runs a command that is part of what a person would type: it is reported as such.</summary>
    public async Task<CommandResult> TypeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var result = await plane.RunKubectlAsync(arguments, cancellationToken: cancellationToken);
        typed?.Invoke(new KubectlCall(arguments, result));
        return result;
    }

    /// <summary>As <see cref="TypeAsync"/>, where only success is expected.</summary>
    /// <exception cref="ControlPlaneException">It failed; the message holds what it said.</exception>
    public async Task<string> TypeSuccessfullyAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        Expect(arguments, await TypeAsync(arguments, cancellationToken));

    /// <summary>Runs a command behind the scenes.</summary>
    /// <exception cref="ControlPlaneException">It failed; the message holds what it said.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, string? stdin = null, CancellationToken cancellationToken = default) =>
        Expect(arguments, await plane.RunKubectlAsync(arguments, stdin, cancellationToken));

    /// <summary>Applies manifests that hold CRDs.</summary>
    internal Task<string> ApplyConfigAsync(string path, CancellationToken cancellationToken) =>
        TypeSuccessfullyAsync(["apply", .. WhereOld, "-f", path], cancellationToken);

    private static string Expect(IReadOnlyList<string> arguments, CommandResult result) =>
        result.Succeeded
            ? result.Stdout
            : throw new ControlPlaneException($"kubectl {string.Join(' ', arguments)} failed with exit code {result.ExitCode}: {result.Stderr.Trim()}");
}
