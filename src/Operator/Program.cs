using Microsoft.Extensions.Logging;
using ScimOperator.Crds;
using ScimOperator.Operator;
using ScimOperator.Runtime.Client;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(OptionsParser.Help);
    return 0;
}

OperatorOptions options;
try
{
    options = OptionsParser.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

using var loggers = LoggerFactory.Create(builder =>
{
    builder.SetMinimumLevel(options.LogLevel);
    builder.AddFilter("Microsoft", LogLevel.Warning);
    _ = options.LogJson
        ? builder.AddJsonConsole(c => c.UseUtcTimestamp = true)
        : builder.AddSimpleConsole(c => c.SingleLine = true);
});
KubeClient client;
try
{
    client = KubeClientFactory.Create(options.Kubeconfig, WellKnown.FieldManager, TimeProvider.System, loggers);
}
catch (Exception e) when (e is not OutOfMemoryException)
{
    // Whatever is wrong with a kubeconfig, or with the absence of a ServiceAccount, is for the user to mend.
    Console.Error.WriteLine($"No connection to Kubernetes can be made from {options.Kubeconfig ?? "the pod's ServiceAccount"}: {e.Message}");
    return 2;
}

using (client)
{
    return await Composition.Build(options, client, TimeProvider.System, loggers).RunUntilSignalledAsync();
}
