using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>Runs git for reading. Arguments are passed one by one, never through a shell.</summary>
internal sealed class GitProcess(string workingDirectory)
{
    private const int LongestMessage = 500;

    /// <summary>Runs git and gives its output; throws <see cref="InputException"/> with git's own words when it fails.</summary>
    internal async Task<byte[]> RunAsync(string revision, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var process = Start(revision, arguments);
        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        // Written while the answer is read: with both pipes full, each side would wait for the other.
        var written = WriteAsync(process, input, cancellationToken);
        try
        {
            await Task.WhenAll(error, copied, written);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? output.ToArray() : throw Failed(revision, await error);
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended early; its exit code and message say why.
        }
    }

    private Process Start(string revision, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InputException(Position.StartOf(revision), $"{revision} is no folder, and git can't be run to read it as a revision: {e.Message}");
        }
    }

    private static InputException Failed(string revision, string error)
    {
        var said = error.Trim().ReplaceLineEndings(" ");
        var shown = said.Length > LongestMessage ? said[..LongestMessage] : said;
        return new InputException(
            Position.StartOf(revision),
            string.Create(CultureInfo.InvariantCulture, $"{revision} is neither a folder nor a git revision that can be read here{(shown.Length == 0 ? "" : $" (git: {shown})")}: check the name; in CI, fetch the whole history"));
    }
}
