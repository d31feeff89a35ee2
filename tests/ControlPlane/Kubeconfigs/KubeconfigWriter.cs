using System.Text;

namespace ScimOperator.ControlPlanes.Kubeconfigs;

/// <summary>Writes kubeconfig files that hold everything in themselves, with mode 0600.</summary>
public static class KubeconfigWriter
{
    /// <summary>Writes the file, replacing it in one step.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="kubeconfig">What.</param>
    /// <param name="user">What the user is called in it.</param>
    public static void Write(string path, Kubeconfig kubeconfig, string user)
    {
        ArgumentNullException.ThrowIfNull(kubeconfig);
        PrivateFile.Write(path, Format(kubeconfig, user));
    }

    internal static string Format(Kubeconfig kubeconfig, string user)
    {
        var lines = new List<string?>
        {
            "apiVersion: v1",
            "kind: Config",
            "clusters:",
            "- name: scim-operator",
            "  cluster:",
            $"    server: {kubeconfig.Server.AbsoluteUri.TrimEnd('/')}",
            Data("    certificate-authority-data", kubeconfig.CaPem),
            "contexts:",
            "- name: scim-operator",
            "  context:",
            "    cluster: scim-operator",
            $"    user: {user}",
            kubeconfig.Namespace is { } ns ? $"    namespace: {ns}" : null,
            "current-context: scim-operator",
            "users:",
            $"- name: {user}",
            "  user:",
            Data("    client-certificate-data", kubeconfig.ClientCertificatePem),
            Data("    client-key-data", kubeconfig.ClientKeyPem),
            kubeconfig.Token is { } token ? $"    token: {token}" : null,
        };
        return string.Join('\n', lines.Where(line => line is not null)) + "\n";
    }

    private static string? Data(string key, string? pem) =>
        pem is null ? null : $"{key}: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}";
}
