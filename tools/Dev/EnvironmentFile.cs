using ScimOperator.ControlPlanes;

namespace ScimOperator.Dev;

/// <summary>The file that a shell sources. It holds addresses and paths, never a credential.</summary>
internal static class EnvironmentFile
{
    internal static void Write(string path, IReadOnlyDictionary<string, string> variables) => PrivateFile.Write(path, Format(variables));

    internal static string Format(IReadOnlyDictionary<string, string> variables) =>
        string.Concat(variables.Select(variable => $"export {variable.Key}={Narrator.Quoted(variable.Value)}\n"));
}
