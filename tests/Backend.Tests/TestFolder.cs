using System.Globalization;
using ScimOperator.ControlPlanes;

namespace ScimOperator.Backend.Tests;

/// <summary>A folder for one test. It goes with the test, and with this process at the latest, however that ends.</summary>
internal sealed class TestFolder : IDisposable
{
    private static readonly Lazy<string> Parent = new(() => OwnedFolder.CreateWork(detached: false));
    private static int made;

    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(Parent.Value, Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture))).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
