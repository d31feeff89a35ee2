using YamlDotNet.RepresentationModel;

namespace ScimOperator.DevEnvironments;

/// <summary>
/// Makes of config/default what fits a cluster without kubelets: no Deployment, and webhooks that are called by URL, as
/// no Service leads anywhere. Everything else stays as it is. Pure.
/// </summary>
internal static class ConfigManifests
{
    /// <summary>The manifests, changed.</summary>
    /// <param name="yaml">What <c>kubectl kustomize config/default</c> printed.</param>
    /// <param name="webhookBase">Where the operator answers; the path of each webhook is appended.</param>
    /// <exception cref="FormatException">A webhook has no service path: the configuration is not what this was written for.</exception>
    internal static string Adapt(string yaml, Uri webhookBase)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var kept = stream.Documents
            .Where(document => document.RootNode is YamlMappingNode root && Text(root, "kind") != "Deployment")
            .ToList();
        foreach (var root in kept.Select(document => (YamlMappingNode)document.RootNode))
        {
            foreach (var webhook in Webhooks(root))
            {
                CallByUrl(webhook, webhookBase);
            }
        }

        using var writer = new StringWriter();
        new YamlStream(kept).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static IEnumerable<YamlMappingNode> Webhooks(YamlMappingNode root) =>
        Text(root, "kind") is "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration" && Child(root, "webhooks") is YamlSequenceNode webhooks
            ? webhooks.OfType<YamlMappingNode>()
            : [];

    private static void CallByUrl(YamlMappingNode webhook, Uri webhookBase)
    {
        var path = Child(webhook, "clientConfig") is YamlMappingNode client && Child(client, "service") is YamlMappingNode service ? Text(service, "path") : null;
        var url = new Uri(webhookBase, path ?? throw new FormatException($"webhook {Text(webhook, "name")} has no clientConfig.service.path"));
        webhook.Children[new YamlScalarNode("clientConfig")] = new YamlMappingNode("url", url.AbsoluteUri);
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
