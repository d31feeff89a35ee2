using ScimOperator.ControlPlanes.Kubeconfigs;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class KubeconfigReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        var written = new Kubeconfig
        {
            Server = new Uri("https://127.0.0.1:6443"),
            CaPem = "ca\n",
            ClientCertificatePem = "certificate\n",
            ClientKeyPem = "key\n",
            Token = "token",
            Namespace = "acme",
        };
        KubeconfigWriter.Write(folder.File("kubeconfig"), written, "admin");
        Assert.Equal(written, KubeconfigReader.Read(File.ReadAllText(folder.File("kubeconfig")), folder.Path));
    }

    [Fact]
    public void The_current_context_decides_and_files_are_found_beside_the_kubeconfig()
    {
        File.WriteAllText(folder.File("ca.crt"), "authority");
        File.WriteAllText(folder.File("token"), "from-file\n");
        var read = KubeconfigReader.Read(
            """
            {"current-context": "second",
             "contexts": [{"name": "first", "context": {"cluster": "a", "user": "a"}}, {"name": "second", "context": {"cluster": "b", "user": "b"}}],
             "clusters": [{"name": "a", "cluster": {"server": "https://a"}}, {"name": "b", "cluster": {"server": "https://b:1", "certificate-authority": "ca.crt"}}],
             "users": [{"name": "a", "user": {}}, {"name": "b", "user": {"tokenFile": "token"}}]}
            """,
            folder.Path);
        Assert.Equal(new Uri("https://b:1"), read.Server);
        Assert.Equal("authority", read.CaPem);
        Assert.Equal("from-file", read.Token);
        Assert.Null(read.Namespace);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("contexts: []", "it has no current-context")]
    [InlineData("{current-context: x, contexts: []}", "its contexts lack 'x'")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {}}], users: [{name: u, user: {}}]}", "no server")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://c'}}], users: [{name: u, user: {exec: {}}}]}", "plug-in")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://c', insecure-skip-tls-verify: true}}], users: [{name: u, user: {}}]}", "insecure-skip-tls-verify")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://c', certificate-authority-data: '%'}}], users: [{name: u, user: {}}]}", "can't be read")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://c', certificate-authority: absent.crt}}], users: [{name: u, user: {}}]}", "absent.crt")]
    [InlineData(": [", "can't be read")]
    public void A_kubeconfig_that_can_not_be_used_is_refused_with_the_reason(string text, string reason)
    {
        var error = Assert.Throws<ControlPlaneException>(() => KubeconfigReader.Read(text, folder.Path));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_never_appears_in_its_text_form()
    {
        var kubeconfig = new Kubeconfig { Server = new Uri("https://c"), Token = "very-secret", ClientKeyPem = "very-secret" };
        Assert.Equal("kubeconfig for https://c/", kubeconfig.ToString());
    }
}
