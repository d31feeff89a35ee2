using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ScimOperator.ControlPlanes.Kubeconfigs;

/// <summary>Reads the current context of a kubeconfig whose credentials are in it or in files (no exec plug-ins).</summary>
public sealed class KubeconfigReader
{
    private readonly YamlMappingNode root;
    private readonly string baseDirectory;

    private KubeconfigReader(YamlMappingNode root, string baseDirectory)
    {
        this.root = root;
        this.baseDirectory = baseDirectory;
    }

    /// <summary>Reads a kubeconfig.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="baseDirectory">The folder that relative file names in it start from.</param>
    /// <exception cref="ControlPlaneException">It is malformed, incomplete, or uses a plug-in.</exception>
    public static Kubeconfig Read(string text, string baseDirectory)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? new KubeconfigReader(root, baseDirectory).ReadCurrentContext()
                : throw Malformed("it is empty");
        }
        catch (Exception exception) when (exception is YamlException or FormatException or IOException)
        {
            throw new ControlPlaneException($"The kubeconfig can't be read: {exception.Message}", exception);
        }
    }

    private Kubeconfig ReadCurrentContext()
    {
        var context = Named("contexts", Text(root, "current-context") ?? throw Malformed("it has no current-context"), "context");
        var cluster = Named("clusters", Text(context, "cluster") ?? throw Malformed("its context has no cluster"), "cluster");
        var user = Named("users", Text(context, "user") ?? throw Malformed("its context has no user"), "user");
        RefuseWhatIsNotSupported(cluster, user);
        return new Kubeconfig
        {
            Server = new Uri(Text(cluster, "server") ?? throw Malformed("its cluster has no server")),
            CaPem = Content(cluster, "certificate-authority"),
            ClientCertificatePem = Content(user, "client-certificate"),
            ClientKeyPem = Content(user, "client-key"),
            Token = Text(user, "token") ?? (Text(user, "tokenFile") is { } file ? File.ReadAllText(Full(file)).Trim() : null),
            Namespace = Text(context, "namespace"),
        };
    }

    private static void RefuseWhatIsNotSupported(YamlMappingNode cluster, YamlMappingNode user)
    {
        if (Child(user, "exec") is not null || Child(user, "auth-provider") is not null)
        {
            throw Malformed("its user logs in through a plug-in; make one with a token (kubectl create token) or a client certificate");
        }

        if (Text(cluster, "insecure-skip-tls-verify") is "true")
        {
            throw Malformed("it has insecure-skip-tls-verify; give certificate-authority-data instead");
        }
    }

    /// <summary>The value itself (KEY-data, in base64) or the content of the file that KEY names.</summary>
    private string? Content(YamlMappingNode node, string key)
    {
        if (Text(node, key + "-data") is { Length: > 0 } data)
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }

        return Text(node, key) is { Length: > 0 } file ? File.ReadAllText(Full(file)) : null;
    }

    private string Full(string file) => Path.GetFullPath(file, Path.GetFullPath(baseDirectory));

    private YamlMappingNode Named(string list, string name, string content)
    {
        var entries = Child(root, list) as YamlSequenceNode ?? throw Malformed($"it has no {list}");
        var entry = entries.OfType<YamlMappingNode>().FirstOrDefault(candidate => Text(candidate, "name") == name);
        return entry is not null && Child(entry, content) is YamlMappingNode found ? found : throw Malformed($"its {list} lack '{name}'");
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static ControlPlaneException Malformed(string what) => new($"The kubeconfig can't be used: {what}.");
}
