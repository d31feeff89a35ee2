using ScimOperator.Cli;

return await CommandLine.RunAsync(args, CliEnvironment.OfProcess());
