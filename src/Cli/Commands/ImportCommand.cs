using System.CommandLine;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary><c>kubectl scim import</c>: writes the manifests of an account that exists.</summary>
internal static class ImportCommand
{
    private const string Details = """
        It only reads. Applying what it writes changes nothing at the account: the Account observes (managementPolicy Observe) until you set Manage,
        and every user is declared as it is, to be retained when its AccountUser is deleted. Live tokens become ScimTokens that observe: put each token into the
        Secret that its ScimToken names, or give the ScimToken managementPolicy Manage to have it replaced by one that the operator looks after.

        Examples:
          kubectl scim import --url https://acme.example.com --credential-file admin.credential --account acme/acme -o acme.yaml
          kubectl create secret generic acme-credential -n acme --from-file=credential=admin.credential
          kubectl apply -f acme.yaml

        Exit codes: 0 written, 2 it could not be.
        """;

    internal static Command Create(CliEnvironment environment)
    {
        var url = new Option<string>("--url") { Description = "Base URL of the account: spec.url of the Account.", HelpName = "URL", Required = true };
        var credential = new Option<string>("--credential-file", "--credentials") { Description = "File with the bearer credential of the account.", HelpName = "FILE", Required = true };
        var account = new Option<string>("--account") { Description = "Name for the Account.", HelpName = "[NAMESPACE/]NAME", Required = true };
        var driver = new Option<AccountDriver>("--driver") { Description = "AccountApi, or Scim for any SCIM 2.0 service provider.", DefaultValueFactory = _ => AccountDriver.AccountApi };
        var ca = new Option<string?>("--ca-file") { Description = "PEM certificates that sign the account's certificate, in place of the system's.", HelpName = "FILE" };
        var manage = new Option<bool>("--manage") { Description = "Let the Account manage at once. Default: it observes." };
        var output = new Option<string?>("--output", "-o") { Description = "File to write. Default: standard output.", HelpName = "FILE" };
        var command = new ExplainedCommand("import", "Write the manifests of an account that exists: Account, AccountUsers, and ScimTokens that observe.", Details)
        {
            url, credential, account, driver, ca, manage, output,
        };
        command.SetAction((arguments, cancellationToken) => new ImportRunner(environment).RunAsync(
            new ImportRequest(
                arguments.GetValue(url)!,
                arguments.GetValue(credential)!,
                arguments.GetValue(account)!,
                arguments.GetValue(driver),
                arguments.GetValue(ca),
                arguments.GetValue(manage),
                arguments.GetValue(output)),
            cancellationToken));
        return command;
    }
}
