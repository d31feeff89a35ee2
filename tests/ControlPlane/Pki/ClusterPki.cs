using System.Net;
using System.Security.Cryptography;

namespace ScimOperator.ControlPlanes.Pki;

/// <summary>The keys and certificates of one control plane, as files (mode 0600) in a folder.</summary>
internal sealed class ClusterPki
{
    private static readonly string[] ServerNames = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"];

    private ClusterPki(string folder, string caPem, KeyPairPem admin, KeyPairPem controllerManager)
    {
        Folder = folder;
        CaPem = caPem;
        Admin = admin;
        ControllerManager = controllerManager;
    }

    internal string Folder { get; }

    internal string CaPem { get; }

    /// <summary>A member of system:masters, whom RBAC does not restrict.</summary>
    internal KeyPairPem Admin { get; }

    internal KeyPairPem ControllerManager { get; }

    internal string CaPath => Path.Combine(Folder, "ca.crt");

    internal string ServerCertificatePath => Path.Combine(Folder, "apiserver.crt");

    internal string ServerKeyPath => Path.Combine(Folder, "apiserver.key");

    /// <summary>Signs the tokens of service accounts; the API server verifies with the same file.</summary>
    internal string ServiceAccountKeyPath => Path.Combine(Folder, "service-account.key");

    internal static ClusterPki Create(string folder, IPAddress serviceAddress, TimeProvider time)
    {
        PrivateFile.CreateFolder(folder);
        using var authority = new CertificateAuthority(time);
        var server = authority.IssueServer("kube-apiserver", ServerNames, [IPAddress.Loopback, serviceAddress]);
        var admin = authority.IssueClient("admin", "system:masters");
        var pki = new ClusterPki(folder, authority.Pem, admin, authority.IssueClient("system:kube-controller-manager"));
        using var serviceAccounts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(pki.CaPath, pki.CaPem);
        PrivateFile.Write(pki.ServerCertificatePath, server.CertificatePem);
        PrivateFile.Write(pki.ServerKeyPath, server.KeyPem);
        PrivateFile.Write(pki.ServiceAccountKeyPath, serviceAccounts.ExportECPrivateKeyPem() + "\n");
        return pki;
    }
}
