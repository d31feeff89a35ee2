using ScimOperator.ControlPlanes;
using ScimOperator.Dev;
using ScimOperator.Dev.Demo;
using ScimOperator.Dev.TestRun;
using ScimOperator.DevEnvironments;

const string help = """
    Usage: Dev COMMAND [OPTION...]

      demo   play the main job on a real API server, step by step, and check every step
               --kill leader|apiserver|backend   kill that part in the middle of step 5
      up     leave that environment running; artifacts/dev/env is to be sourced
      down   end what up started
      test   run the built tests, and count them
               --only TEXT   only test assemblies whose name contains this
    """;

using var signals = new StopSignals();
try
{
    var repository = RepositoryLayout.Find();
    var narrator = new Narrator(Console.Out, useColour: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 }) { Repository = repository };
    return args switch
    {
        ["demo", .. var rest] => await new DemoCommand(repository, narrator, TimeProvider.System, DemoOptions.Parse(rest)).RunAsync(signals.Token),
        ["up"] => await new UpCommand(repository, narrator, TimeProvider.System).RunAsync(signals.Token),
        ["down"] => await new DownCommand(repository, narrator, TimeProvider.System).RunAsync(signals.Token),
        ["test", .. var rest] => await new TestCommand(repository, Console.Out, TimeProvider.System, TestCommand.ParseOnly(rest)).RunAsync(signals.Token),
        ["supervise", var file] => await SuperviseAsync(file, signals.Token),
        _ => Usage(),
    };
}
catch (Exception exception) when (exception is ControlPlaneException or FormatException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("interrupted");
    return 130;
}

// Started by up, and ended by down: not for people, so it is not in the help.
static async Task<int> SuperviseAsync(string file, CancellationToken stop)
{
    await new OperatorSupervisor(SupervisorSpec.Read(file), TimeProvider.System).RunAsync(stop);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(help);
    return 2;
}
