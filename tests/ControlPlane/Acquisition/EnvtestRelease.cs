using System.Runtime.InteropServices;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>A published envtest archive: etcd, kube-apiserver and kubectl of one Kubernetes version.</summary>
/// <param name="Version">The Kubernetes version, with the v.</param>
/// <param name="BaseAddress">The address that the archive's name is appended to.</param>
/// <param name="Sha512">The archive's SHA-512 in hexadecimal, by architecture (amd64, arm64).</param>
public sealed record EnvtestRelease(string Version, Uri BaseAddress, IReadOnlyDictionary<string, string> Sha512)
{
    /// <summary>The release in use; its checksums are those that kubernetes-sigs/controller-tools publishes in envtest-releases.yaml.</summary>
    public static EnvtestRelease Pinned { get; } = new(
        "v1.36.2",
        new Uri("https://github.com/kubernetes-sigs/controller-tools/releases/download/envtest-v1.36.2/"),
        new Dictionary<string, string>
        {
            ["amd64"] = "ea743186c8a799f5cf8faf16969f86189d003cb7d130e0ac4b58789f1e5748dcf30ebe91c837a10d5ac415383da3e10b9e64d65785c938c23e739781cfb76f08",
            ["arm64"] = "2d72ee985a8e262a3c57dc9f7f0fd891f6a8c7bf7ebaa2db6dc6d8eac8ae28181afe51c1f368b67756cdb40b10de9b205609e1726e5f27f7c6d824dd9c6649ac",
        });

    /// <summary>This machine's architecture as Go calls it; null where no archive is published for it.</summary>
    public static string? MachineArchitecture => (OperatingSystem.IsLinux(), RuntimeInformation.OSArchitecture) switch
    {
        (true, Architecture.X64) => "amd64",
        (true, Architecture.Arm64) => "arm64",
        _ => null,
    };

    /// <summary>The archive's file name.</summary>
    public string ArchiveName(string architecture) => $"envtest-{Version}-linux-{architecture}.tar.gz";
}
