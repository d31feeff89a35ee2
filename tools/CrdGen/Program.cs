using ScimOperator.CrdGen;

var check = args.Contains("--check");
var root = ValueOf("--root") ?? Directory.GetCurrentDirectory();
var folder = ValueOf("--output") ?? Generator.DefaultCrdFolder;
if (args.Except(["--check", "--root", "--output", ValueOf("--root") ?? "", ValueOf("--output") ?? ""]).Any())
{
    await Console.Error.WriteLineAsync("usage: CrdGen [--root <repository>] [--output <folder>] [--check]");
    return 2;
}

var stale = 0;
foreach (var file in Generator.Files(folder))
{
    var path = Path.Combine(root, file.Path);
    if (File.Exists(path) && await File.ReadAllTextAsync(path) == file.Content)
    {
        continue;
    }

    stale++;
    if (check)
    {
        await Console.Error.WriteLineAsync($"{file.Path} is stale: run `make manifests` and commit the result.");
        continue;
    }

    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    await File.WriteAllTextAsync(path, file.Content);
    Console.WriteLine($"wrote {file.Path}");
}

return check && stale > 0 ? 1 : 0;

string? ValueOf(string option)
{
    var at = Array.IndexOf(args, option);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
