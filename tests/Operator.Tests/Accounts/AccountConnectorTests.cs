using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Tests.Kubernetes;

namespace ScimOperator.Operator.Tests.Accounts;

public sealed class AccountConnectorTests
{
    private readonly AnsweringClient client = new(new AccountUser());
    private readonly AccountConnector connector;

    public AccountConnectorTests() => connector = new AccountConnector(client, TimeProvider.System, TimeSpan.FromSeconds(5));

    [Fact]
    public async Task A_connection_is_known_still_when_its_Secret_is_gone()
    {
        var account = Account("uid-1");
        Assert.Null(connector.LastKnown(account));
        client.Found = Secret("one");
        var made = await connector.ConnectAsync(account, CancellationToken.None);
        client.Found = null;

        await Assert.ThrowsAsync<ConnectionException>(() => connector.ConnectAsync(account, CancellationToken.None));
        Assert.Same(made, connector.LastKnown(account));
    }

    [Fact]
    public async Task Another_Account_of_the_same_name_or_one_that_points_elsewhere_does_not_get_it()
    {
        client.Found = Secret("one");
        await connector.ConnectAsync(Account("uid-1"), CancellationToken.None);

        Assert.Null(connector.LastKnown(Account("uid-2")));
        Assert.Null(connector.LastKnown(Account("uid-1", "http://other.test")));
    }

    [Fact]
    public async Task Another_credential_makes_another_connection()
    {
        client.Found = Secret("one");
        var first = await connector.ConnectAsync(Account("uid-1"), CancellationToken.None);
        Assert.Same(first, await connector.ConnectAsync(Account("uid-1"), CancellationToken.None));
        client.Found = Secret("two");
        var second = await connector.ConnectAsync(Account("uid-1"), CancellationToken.None);

        Assert.NotSame(first, second);
        Assert.Same(second, connector.LastKnown(Account("uid-1")));
    }

    private static OpaqueSecret Secret(string value) => new() { Data = new Dictionary<string, byte[]?> { ["key"] = Encoding.ASCII.GetBytes(value) } };

    private static Account Account(string uid, string url = "http://acme.test") => new()
    {
        Metadata = new ObjectMeta { Name = "acme", Namespace = "acme", Uid = uid },
        Spec = new AccountSpec { Url = url, CredentialsSecretRef = new SecretKeyReference { Name = "credential", Key = "key" } },
    };
}
