using System.Globalization;
using System.Text;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>Reads the manifests of a git revision straight from the object store: nothing is checked out and no filter or hook runs.</summary>
internal sealed class GitSource(string workingDirectory, InputLimits limits)
{
    private const string SymbolicLink = "120000";
    private readonly GitProcess git = new(workingDirectory);

    internal async Task<SourceSet> ReadAsync(string revision, string? path, CancellationToken cancellationToken)
    {
        if (revision.StartsWith('-'))
        {
            throw new InputException(Position.StartOf(revision), $"{revision} is neither a folder nor a git revision");
        }

        var commit = await TextAsync(revision, ["rev-parse", "--verify", "--end-of-options", $"{revision}^{{commit}}"], default, cancellationToken);
        var collector = new SourceCollector(revision, limits);
        var wanted = new List<Blob>();
        foreach (var blob in await ListAsync(revision, commit.Trim(), path, cancellationToken))
        {
            if (blob.Mode == SymbolicLink)
            {
                wanted.Add(blob);
            }
            else if (collector.Admit(blob.Name, blob.Bytes))
            {
                wanted.Add(blob);
            }
        }

        await ReadBlobsAsync(revision, wanted, collector, cancellationToken);
        return collector.ToSet();
    }

    private async Task<IReadOnlyList<Blob>> ListAsync(string revision, string commit, string? path, CancellationToken cancellationToken)
    {
        List<string> arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit];
        if (path is not null)
        {
            // Literal: a folder may be called anything.
            arguments.InsertRange(0, ["--literal-pathspecs"]);
            arguments.AddRange(["--", path.TrimEnd('/') + "/"]);
        }

        var listing = await TextAsync(revision, arguments, default, cancellationToken);
        return [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Blob.Parse).Where(b => b is not null && DocumentReader.IsManifest(b.Name))!];
    }

    private async Task ReadBlobsAsync(string revision, IReadOnlyList<Blob> blobs, SourceCollector collector, CancellationToken cancellationToken)
    {
        if (blobs.Count == 0)
        {
            return;
        }

        var request = Encoding.ASCII.GetBytes(string.Concat(blobs.Select(b => b.Id + "\n")));
        ReadOnlyMemory<byte> answer = await git.RunAsync(revision, ["cat-file", "--batch"], request, cancellationToken);
        foreach (var blob in blobs)
        {
            var newline = answer.Span.IndexOf((byte)'\n');
            var header = newline < 0 ? [] : Encoding.ASCII.GetString(answer.Span[..newline]).Split(' ');
            if (header is not [_, "blob", var size] || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                throw new InputException(Position.StartOf(blob.Name), $"git does not have this file's content (object {blob.Id}): in CI, fetch without a filter");
            }

            Take(blob, answer.Slice(newline + 1, bytes), collector);
            answer = answer[(newline + bytes + 2)..];
        }
    }

    private static void Take(Blob blob, ReadOnlyMemory<byte> content, SourceCollector collector)
    {
        if (blob.Mode != SymbolicLink)
        {
            collector.Add(blob.Name, content);
            return;
        }

        var target = Encoding.UTF8.GetString(content.Span);
        if (LeadsOut(blob.Name, target))
        {
            collector.Problem(blob.Name, $"this symbolic link leads out of the repository, to {target}, and is not followed: put the manifest itself into the folder");
        }
    }

    /// <summary>Goes along the link's steps: it leads out when it is absolute or climbs above the root.</summary>
    private static bool LeadsOut(string link, string target)
    {
        var depth = link.Count(c => c == '/');
        foreach (var step in target.Split('/'))
        {
            depth += step switch { ".." => -1, "." or "" => 0, _ => 1 };
            if (depth < 0)
            {
                return true;
            }
        }

        return target.StartsWith('/');
    }

    private async Task<string> TextAsync(string revision, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await git.RunAsync(revision, arguments, input, cancellationToken));

    /// <summary>A line of ls-tree.</summary>
    private sealed record Blob(string Mode, string Id, long Bytes, string Name)
    {
        internal static Blob? Parse(string line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var fields = line[..Math.Max(0, tab)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields is [var mode, "blob", var id, var size] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? new Blob(mode, id, bytes, line[(tab + 1)..])
                : null;
        }
    }
}
