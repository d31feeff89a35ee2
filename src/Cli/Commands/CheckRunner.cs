using ScimOperator.Cli.Checks;
using ScimOperator.Cli.Input;
using ScimOperator.Cli.Manifests;
using ScimOperator.Cli.Output;
using ScimOperator.Cli.Schema;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Cli.Sources;

namespace ScimOperator.Cli.Commands;

/// <summary>Carries out <c>kubectl scim check</c>.</summary>
internal sealed class CheckRunner(CliEnvironment environment, InputLimits limits)
{
    internal async Task<int> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var result = await CheckAsync(request, cancellationToken);
        await environment.Output.WriteAsync(OutputFormat.Write(request.Format, result, environment.Colour));
        await environment.Output.FlushAsync(cancellationToken);
        return result.ExitCode;
    }

    private async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<InputProblem>();
        if (request is { Base: "-", Head: "-" })
        {
            problems.Add(new InputProblem(Position.StartOf("stdin"), "standard input can be one side only: give the other as a folder or a git revision"));
            return ChangeSetCheck.Unreadable(request.Base, request.Head, problems);
        }

        var resolver = new SourceResolver(environment.WorkingDirectory, environment.Input, limits);
        var before = await TryAsync(() => resolver.ReadAsync(request.Base, request.Path, cancellationToken), problems);
        var after = await TryAsync(() => resolver.ReadAsync(request.Head, request.Path, cancellationToken), problems);
        var snapshots = await SnapshotsAsync(request, problems, cancellationToken);
        if (request.Path is { } path && before is { Files: [], Problems: [] } && after is { Files: [], Problems: [] })
        {
            // A misspelt folder must not pass for ever.
            problems.Add(new InputProblem(Position.StartOf(path), $"neither {request.Base} nor {request.Head} has a manifest file below {path}: check --path"));
        }

        if (before is null || after is null || problems.Count > 0)
        {
            return ChangeSetCheck.Unreadable(request.Base, request.Head, problems);
        }

        var schemas = CrdSchemas.Load();
        var reader = new ManifestReader(schemas, limits, request.Namespace);
        var changes = new ChangeSet(reader.Read(before), reader.Read(after), snapshots, request.Options, environment.Time.GetUtcNow());
        return ChangeSetCheck.Run(changes, schemas);
    }

    private async Task<IReadOnlyList<AccountSnapshot>> SnapshotsAsync(CheckRequest request, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        var snapshots = new List<AccountSnapshot>();
        foreach (var file in request.Snapshots)
        {
            var path = Path.Combine(environment.WorkingDirectory, file);
            if (await TryAsync(() => SnapshotFile.ReadAsync(path, file.Replace('\\', '/'), environment.Time.GetUtcNow(), cancellationToken), problems) is { } snapshot)
            {
                snapshots.Add(snapshot);
            }
        }

        return snapshots;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> read, List<InputProblem> problems)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (InputException e)
        {
            problems.Add(e.Problem);
            return null;
        }
    }
}
