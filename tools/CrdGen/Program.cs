using ScimOperator.CrdGen;

return ManifestCommand.Run(args, Console.Out, Console.Error);
