namespace ScimOperator.CrdGen;

/// <summary>The command line: writes the generated files, or with <c>--check</c> says which are stale.</summary>
public static class ManifestCommand
{
    /// <summary>Exit code when everything is as it must be.</summary>
    public const int Success = 0;

    /// <summary>Exit code of <c>--check</c> when a file is stale or missing.</summary>
    public const int Stale = 1;

    /// <summary>Exit code when the command line is wrong.</summary>
    public const int Usage = 2;

    private const string UsageText = "usage: CrdGen [--root <repository>] [--output <folder for CRDs, relative to the root>] [--check]";

    /// <summary>Runs the command. Files that are already right are not touched.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (Options.Parse(args) is not { } options)
        {
            error.WriteLine(UsageText);
            return Usage;
        }

        var stale = Generator.Files(options.Output).Where(file => !IsCurrent(options.Root, file)).ToList();
        foreach (var file in stale)
        {
            if (options.Check)
            {
                error.WriteLine($"{file.Path} is stale: run `make manifests` and commit the result.");
                continue;
            }

            Write(options.Root, file);
            output.WriteLine($"wrote {file.Path}");
        }

        return options.Check && stale.Count > 0 ? Stale : Success;
    }

    private static bool IsCurrent(string root, GeneratedFile file)
    {
        var path = Path.Combine(root, file.Path);
        return File.Exists(path) && File.ReadAllText(path) == file.Content;
    }

    private static void Write(string root, GeneratedFile file)
    {
        var path = Path.Combine(root, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file.Content);
    }

    private sealed record Options(string Root, string Output, bool Check)
    {
        internal static Options? Parse(IReadOnlyList<string> args)
        {
            var options = new Options(Directory.GetCurrentDirectory(), Generator.DefaultCrdFolder, false);
            for (var i = 0; i < args.Count; i++)
            {
                var value = i + 1 < args.Count ? args[i + 1] : null;
                switch (args[i])
                {
                    case "--check":
                        options = options with { Check = true };
                        continue;
                    case "--root" when value is not null:
                        options = options with { Root = value };
                        break;
                    case "--output" when value is not null:
                        options = options with { Output = value };
                        break;
                    default:
                        return null;
                }

                i++;
            }

            return options;
        }
    }
}
