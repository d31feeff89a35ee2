using System.Text.RegularExpressions;

namespace ScimOperator.DevEnvironments;

/// <summary>A copy of config/samples that names a backend which is not in the cluster.</summary>
internal static partial class SampleManifests
{
    /// <summary>Copies the folder, with the Account's spec.url replaced and nothing else.</summary>
    /// <exception cref="FormatException">The samples have not exactly one Account URL.</exception>
    internal static void Copy(string samples, string target, Uri backend)
    {
        Directory.CreateDirectory(target);
        var replaced = 0;
        foreach (var file in Directory.EnumerateFiles(samples, "*.yaml"))
        {
            var (text, count) = Replace(File.ReadAllText(file), backend);
            File.WriteAllText(Path.Combine(target, Path.GetFileName(file)), text);
            replaced += count;
        }

        if (replaced != 1)
        {
            throw new FormatException($"{samples} holds {replaced} lines \"  url: ...\" of an Account, expected 1");
        }
    }

    internal static (string Text, int Count) Replace(string manifest, Uri backend)
    {
        var count = 0;
        var text = AccountUrl().Replace(manifest, match =>
        {
            count++;
            return match.Groups[1].Value + backend.GetLeftPart(UriPartial.Authority);
        });
        return (text, count);
    }

    [GeneratedRegex(@"^(  url: )https?://\S+$", RegexOptions.Multiline)]
    private static partial Regex AccountUrl();
}
