using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ScimOperator.ControlPlanes.Acquisition;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class EnvtestArchiveSourceTests : IDisposable
{
    private const string Version = "v9.9.9";
    private readonly TemporaryFolder cache = new();
    private readonly StringWriter progress = new();

    public void Dispose()
    {
        cache.Dispose();
        progress.Dispose();
    }

    [Fact]
    public async Task A_good_archive_is_unpacked_into_the_cache_and_found_there_afterwards()
    {
        var archive = Archive("etcd", "kube-apiserver", "kubectl");
        await using var server = new ArchiveServer(archive);
        var options = Options(server.Address, archive);
        var result = await new EnvtestArchiveSource().TryAcquireAsync(options, CancellationToken.None);

        Assert.Null(result.Reason);
        var folder = Path.Combine(options.CacheDirectory, Version);
        Assert.Equal(folder, result.Binaries!.Folder);
        Assert.Equal("#!/bin/sh\necho kube-apiserver\n", await File.ReadAllTextAsync(result.Binaries.ApiServer));
        Assert.True(File.GetUnixFileMode(result.Binaries.Etcd).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(Path.Combine(folder, "kubectl"), result.Binaries.Kubectl);
        Assert.Null(result.Binaries.ControllerManager);
        Assert.Equal([folder], Directory.GetFileSystemEntries(options.CacheDirectory));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"GET /releases/{options.Release.ArchiveName(EnvtestRelease.MachineArchitecture!)} ", request, StringComparison.Ordinal);

        var cached = await new CacheSource().TryAcquireAsync(options, CancellationToken.None);
        Assert.Equal(result.Binaries, cached.Binaries);
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_before_unpacking_and_leaves_nothing()
    {
        await using var server = new ArchiveServer(Archive("etcd", "kube-apiserver"));
        var reason = await RefusedAsync(Options(server.Address, Archive("etcd", "kube-apiserver", "kubectl")));
        Assert.Contains("SHA-512", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_truncated_archive_is_refused_and_leaves_nothing(int sent)
    {
        var archive = Archive("etcd", "kube-apiserver");
        await using var server = new ArchiveServer(archive[..sent], announced: archive.Length);
        await RefusedAsync(Options(server.Address, archive));
    }

    [Fact]
    public async Task A_truncated_archive_whose_length_is_announced_short_is_refused_by_its_checksum()
    {
        var archive = Archive("etcd", "kube-apiserver");
        await using var server = new ArchiveServer(archive[..^1]);
        Assert.Contains("SHA-512", await RefusedAsync(Options(server.Address, archive)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_site_is_named_and_leaves_nothing()
    {
        var nobody = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}/");
        Assert.Contains("127.0.0.1 is unreachable", await RefusedAsync(Options(nobody, [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_accepts_and_stays_silent_is_given_up()
    {
        await using var server = new ArchiveServer([], silent: true);
        var options = Options(server.Address, []) with { ConnectTimeout = TimeSpan.FromMilliseconds(50), StallTimeout = TimeSpan.FromMilliseconds(50) };
        await RefusedAsync(options);
    }

    [Fact]
    public async Task A_missing_archive_is_refused_with_the_status()
    {
        await using var server = new ArchiveServer([], status: "404 Not Found");
        Assert.Contains("404", await RefusedAsync(Options(server.Address, [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_without_a_kube_apiserver_is_refused_and_leaves_nothing()
    {
        var archive = Archive("etcd", "kubectl");
        await using var server = new ArchiveServer(archive);
        Assert.Contains("no etcd or no kube-apiserver", await RefusedAsync(Options(server.Address, archive)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_archive_is_refused_even_with_the_right_checksum()
    {
        var page = Encoding.UTF8.GetBytes("<html>Please log in to this network</html>");
        await using var server = new ArchiveServer(page);
        await RefusedAsync(Options(server.Address, page));
    }

    [Fact]
    public async Task An_entry_that_points_outside_the_folder_is_written_inside_it()
    {
        var archive = Archive("../../../etcd", "kube-apiserver", "../stranger");
        await using var server = new ArchiveServer(archive);
        var options = Options(server.Address, archive);
        var result = await new EnvtestArchiveSource().TryAcquireAsync(options, CancellationToken.None);
        Assert.Equal(Path.Combine(options.CacheDirectory, Version, "etcd"), result.Binaries!.Etcd);
        Assert.DoesNotContain(cache.Entries(), entry => entry.EndsWith("stranger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cached_folder_without_its_marker_is_not_used_and_is_replaced()
    {
        var archive = Archive("etcd", "kube-apiserver");
        await using var server = new ArchiveServer(archive);
        var options = Options(server.Address, archive);
        cache.AddProgram($"control-plane/{Version}/etcd");
        cache.AddProgram($"control-plane/{Version}/kube-apiserver");
        Assert.NotNull((await new CacheSource().TryAcquireAsync(options, CancellationToken.None)).Reason);
        var result = await new EnvtestArchiveSource().TryAcquireAsync(options, CancellationToken.None);
        Assert.Contains("echo etcd", await File.ReadAllTextAsync(result.Binaries!.Etcd), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pinned_release_has_a_full_checksum_for_each_architecture()
    {
        Assert.Equal(["amd64", "arm64"], EnvtestRelease.Pinned.Sha512.Keys.Order());
        Assert.All(EnvtestRelease.Pinned.Sha512.Values, sum => Assert.Equal(64, Convert.FromHexString(sum).Length));
        Assert.Equal("https", EnvtestRelease.Pinned.BaseAddress.Scheme);
    }

    private async Task<string> RefusedAsync(ControlPlaneOptions options)
    {
        var result = await new EnvtestArchiveSource().TryAcquireAsync(options, CancellationToken.None);
        Assert.NotNull(result.Reason);
        Assert.DoesNotContain('\n', result.Reason);
        Assert.DoesNotContain(cache.Entries(), entry => entry != "control-plane");
        return result.Reason;
    }

    private ControlPlaneOptions Options(Uri address, byte[] expected) => new()
    {
        Progress = progress,
        Environment = name => name == ControlPlaneOptions.CacheVariable ? cache.Path : null,
        Release = new EnvtestRelease(Version, address, new Dictionary<string, string>
        {
            [EnvtestRelease.MachineArchitecture!] = Convert.ToHexStringLower(SHA512.HashData(expected)),
        }),
    };

    private static byte[] Archive(params string[] programs)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var program in programs)
            {
                var text = $"#!/bin/sh\necho {Path.GetFileName(program)}\n";
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"controller-tools/envtest/{program}")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return buffer.ToArray();
    }
}
