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
using var client = KubeClientFactory.Create(options.Kubeconfig, WellKnown.FieldManager, TimeProvider.System, loggers);
return await Composition.Build(options, client, TimeProvider.System, loggers).RunUntilSignalledAsync();
