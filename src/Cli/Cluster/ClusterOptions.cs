using System.CommandLine;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Cluster;

/// <summary>The options of every command that talks to a cluster, named as kubectl names them.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> kubeconfig = new("--kubeconfig") { Description = "Kubeconfig file. Default: KUBECONFIG, then ~/.kube/config, then the Pod's ServiceAccount.", HelpName = "FILE" };
    private readonly Option<string?> context = new("--context") { Description = "Context of the kubeconfig. Default: the current one.", HelpName = "NAME" };
    private readonly Option<string?> ns = new("--namespace", "-n") { Description = "Namespace. Default: that of the context, else default.", HelpName = "NAME" };

    internal ClusterOptions(Command command)
    {
        command.Add(ns);
        command.Add(kubeconfig);
        command.Add(context);
    }

    internal ClusterRequest Read(ParseResult arguments) =>
        new(arguments.GetValue(kubeconfig), arguments.GetValue(context), arguments.GetValue(ns));

    /// <summary><c>--timeout</c>: absent or 0s means as long as it takes, as in kubectl rollout status.</summary>
    internal static Option<string> Timeout()
    {
        var option = new Option<string>("--timeout") { Description = "With --wait: how long to wait, as a duration such as 90m; 0s for as long as it takes.", HelpName = "DURATION", DefaultValueFactory = _ => "0s" };
        option.Validators.Add(result =>
        {
            if (!GoDuration.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--timeout takes a duration such as 90m or 2h, or 0s for as long as it takes.");
            }
        });
        return option;
    }
}
