using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>Reads one multi-document stream, such as the output of <c>kustomize build</c>.</summary>
internal static class StreamSource
{
    internal const string StandardInput = "stdin";

    internal static async Task<SourceSet> ReadAsync(string name, Stream stream, InputLimits limits, CancellationToken cancellationToken)
    {
        var collector = new SourceCollector(name, limits);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > limits.FileBytes)
            {
                throw new InputException(Position.StartOf(name), $"{name} has more than the {limits.FileBytes} bytes that are read: pass only the scim-operator.io manifests");
            }
        }

        collector.Add(name, content.ToArray());
        return collector.ToSet();
    }
}
