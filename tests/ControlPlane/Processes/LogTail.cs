using System.Text;

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>The end of a log file that is still being written.</summary>
internal static class LogTail
{
    private const int MaximumBytes = 64 * 1024;

    internal static string Read(string path, int lines)
    {
        if (!File.Exists(path))
        {
            return "(no log)";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, MaximumBytes), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var all = reader.ReadToEnd().TrimEnd().Split('\n');
        return string.Join('\n', all.TakeLast(lines));
    }
}
