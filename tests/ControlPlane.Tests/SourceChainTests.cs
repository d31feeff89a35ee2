using ScimOperator.ControlPlanes.Acquisition;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class SourceChainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter progress = new();
    private readonly Dictionary<string, string?> environment = [];

    public void Dispose()
    {
        folder.Dispose();
        progress.Dispose();
    }

    [Fact]
    public async Task The_first_way_that_works_is_taken_and_the_later_ones_are_not_tried()
    {
        var binaries = new ControlPlaneBinaries("/somewhere", "etcd", "kube-apiserver", null, null);
        var never = new FakeSource("third", SourceResult.From(binaries));
        var chain = new SourceChain([new FakeSource("first", SourceResult.Unavailable("it rains")), new FakeSource("second", SourceResult.From(binaries)), never]);
        var result = await chain.AcquireAsync(Options(), CancellationToken.None);
        Assert.Same(binaries, result.Binaries);
        Assert.False(never.WasTried);
        Assert.Equal("control plane: not first: it rains\ncontrol plane: second: /somewhere\n", progress.ToString());
    }

    [Fact]
    public async Task When_no_way_works_the_error_lists_every_reason_and_what_to_set()
    {
        var chain = new SourceChain([new FakeSource("first", SourceResult.Unavailable("it rains")), new FakeSource("second", SourceResult.Unavailable("it snows"))]);
        var error = await Assert.ThrowsAsync<ControlPlaneException>(() => chain.AcquireAsync(Options(), CancellationToken.None));
        Assert.Contains("not first: it rains\n  not second: it snows", error.Message, StringComparison.Ordinal);
        Assert.Contains(ControlPlaneOptions.AssetsVariable, error.Message, StringComparison.Ordinal);
        Assert.Contains(ControlPlaneOptions.KubeconfigVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_assets_folder_comes_before_the_cache()
    {
        FillCache();
        folder.AddProgram("assets/etcd");
        folder.AddProgram("assets/kube-apiserver");
        environment[ControlPlaneOptions.AssetsVariable] = folder.File("assets");
        var result = await SourceChain.Default.AcquireAsync(Options(), CancellationToken.None);
        Assert.Equal(folder.File("assets"), result.Binaries!.Folder);
        Assert.Equal(
            $"control plane: not an existing cluster: SCIM_TEST_KUBECONFIG is not set\ncontrol plane: KUBEBUILDER_ASSETS: {folder.File("assets")}\n",
            progress.ToString());
    }

    [Fact]
    public async Task An_assets_folder_that_lacks_a_program_is_passed_over_with_the_reason()
    {
        FillCache();
        folder.AddProgram("assets/etcd");
        environment[ControlPlaneOptions.AssetsVariable] = folder.File("assets");
        var result = await SourceChain.Default.AcquireAsync(Options(), CancellationToken.None);
        Assert.Equal(folder.File("control-plane/v1.36.2"), result.Binaries!.Folder);
        Assert.Contains($"not KUBEBUILDER_ASSETS: {folder.File("assets")} lacks", progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_cluster_comes_before_everything_else()
    {
        FillCache();
        environment[ControlPlaneOptions.AssetsVariable] = folder.Path;
        environment[ControlPlaneOptions.KubeconfigVariable] = folder.File("kubeconfig");
        await File.WriteAllTextAsync(folder.File("kubeconfig"), "apiVersion: v1");
        var result = await SourceChain.Default.AcquireAsync(Options(), CancellationToken.None);
        Assert.Equal("apiVersion: v1", result.Cluster!.KubeconfigText);
        Assert.Equal($"control plane: an existing cluster: {folder.File("kubeconfig")}\n", progress.ToString());
    }

    [Fact]
    public async Task A_named_cluster_whose_kubeconfig_is_missing_is_an_error_and_no_other_way_is_taken()
    {
        FillCache();
        environment[ControlPlaneOptions.KubeconfigVariable] = folder.File("absent");
        var error = await Assert.ThrowsAsync<ControlPlaneException>(() => SourceChain.Default.AcquireAsync(Options(), CancellationToken.None));
        Assert.Contains(folder.File("absent"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ambient_kubeconfig_is_never_used()
    {
        environment["KUBECONFIG"] = folder.File("production");
        await File.WriteAllTextAsync(folder.File("production"), "apiVersion: v1");
        var result = await new ExistingClusterSource().TryAcquireAsync(Options(), CancellationToken.None);
        Assert.Equal("SCIM_TEST_KUBECONFIG is not set", result.Reason);
    }

    [Fact]
    public void The_cache_is_outside_the_clone_and_can_be_moved()
    {
        environment["HOME"] = "/home/somebody";
        Assert.Equal("/home/somebody/.cache/scim-operator/control-plane", Options().CacheDirectory);
        environment["XDG_CACHE_HOME"] = "/caches";
        Assert.Equal("/caches/scim-operator/control-plane", Options().CacheDirectory);
        environment[ControlPlaneOptions.CacheVariable] = "/elsewhere";
        Assert.Equal("/elsewhere/control-plane", Options().CacheDirectory);
    }

    [Fact]
    public async Task A_build_that_can_not_be_done_here_is_passed_over_with_its_own_reason()
    {
        await File.WriteAllTextAsync(folder.File("build.sh"), "echo working; echo 'the build is for Debian 12' >&2; exit 3");
        var result = await new DebianBuildSource(folder.File("build.sh")).TryAcquireAsync(Options(), CancellationToken.None);
        Assert.Equal("the build is for Debian 12", result.Reason);
        Assert.Contains("working\n", progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_build_script_is_told_where_the_cache_is()
    {
        const string script = """mkdir -p "$1"; cd "$1"; for p in etcd kube-apiserver; do echo '#!/bin/sh' >$p; chmod +x $p; done; echo built >VERSION""";
        environment[ControlPlaneOptions.CacheVariable] = folder.Path;
        await File.WriteAllTextAsync(folder.File("build.sh"), script);
        var result = await new DebianBuildSource(folder.File("build.sh")).TryAcquireAsync(Options(), CancellationToken.None);
        Assert.Equal(folder.File("control-plane/debian-1.20.2"), result.Binaries!.Folder);
        Assert.Equal(result.Binaries, (await new CacheSource().TryAcquireAsync(Options(), CancellationToken.None)).Binaries);
    }

    [Fact]
    public void The_build_script_is_shipped_beside_the_library() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "scripts", "build-from-debian.sh")));

    [Fact]
    public async Task Without_an_engine_socket_K3s_is_passed_over_at_once()
    {
        environment["DOCKER_HOST"] = $"tcp://127.0.0.1:{LoopbackPort.FindFree()}";
        var result = await new K3sSource().TryAcquireAsync(Options(), CancellationToken.None);
        Assert.Contains("no engine", result.Reason, StringComparison.Ordinal);
    }

    private void FillCache()
    {
        environment[ControlPlaneOptions.CacheVariable] = folder.Path;
        folder.AddProgram("control-plane/v1.36.2/etcd");
        folder.AddProgram("control-plane/v1.36.2/kube-apiserver");
        File.WriteAllText(folder.File("control-plane/v1.36.2/VERSION"), "v1.36.2");
    }

    private ControlPlaneOptions Options() => new() { Progress = progress, Environment = name => environment.GetValueOrDefault(name) };

    private sealed class FakeSource(string name, SourceResult result) : IControlPlaneSource
    {
        public string Name => name;

        internal bool WasTried { get; private set; }

        public Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
        {
            WasTried = true;
            return Task.FromResult(result);
        }
    }
}
