using System.Runtime.InteropServices;
using ScimOperator.ControlPlanes;
using ScimOperator.IdpStandIn;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(IdpOptions.Help);
    return 0;
}

try
{
    var options = IdpOptions.Parse(args);
    using var stop = new CancellationTokenSource();
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    await Connector.RunAsync(options, TimeProvider.System, stop.Token);
    return 0;

    void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
catch (Exception exception) when (exception is FormatException or ControlPlaneException or IOException)
{
    await Console.Error.WriteLineAsync("idp-stand-in: " + exception.Message);
    return 2;
}
