using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Admission;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Tests.Kubernetes;
using ScimOperator.Runtime.Admission;

namespace ScimOperator.Operator.Tests.Admission;

/// <summary>The operator's own table of webhooks, over caches that hold one account with its users and a token.</summary>
internal sealed class FuzzWorld
{
    /// <summary>Only there to end a test that hangs.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly AdmissionRoutes routes;

    internal FuzzWorld()
    {
        var client = new AnsweringClient(new AccountUser());
        var stores = new Stores(new ToldInformer<Account>(), new ToldInformer<AccountUser>(), new ToldInformer<ScimToken>(), new ToldInformer<PublishedSecret>());
        stores.Accounts.ObserveWrite(new Account { Metadata = Meta("acme") });
        foreach (var (name, type) in new[] { ("alice", UserType.Admin), ("bob", UserType.Admin), ("mia", UserType.Member) })
        {
            stores.Users.ObserveWrite(new AccountUser { Metadata = Meta(name), Spec = new AccountUserSpec { AccountRef = Ref("acme"), Email = $"{name}@acme.test", UserType = type } });
        }

        stores.Tokens.ObserveWrite(new ScimToken { Metadata = Meta("okta"), Spec = new ScimTokenSpec { AccountRef = Ref("acme"), OwnerRef = Ref("alice"), Secret = new TokenSecret { Name = "okta" } } });
        routes = new AdmissionRoutes(new AdmissionOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        Composition.MapAdmission(routes, stores, new LiveUserFacts(stores, new FuzzAccount(), TimeProvider.System, TimeSpan.FromSeconds(5)), client);
    }

    /// <summary>Posts a body as the API server does; any exception that gets out, and a hang, fails the caller.</summary>
    internal (int Status, string Body) Post(string path, byte[] body, string query = "")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query);
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(body);
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        routes.HandleAsync(context).WaitAsync(Deadline, TimeProvider.System).GetAwaiter().GetResult();
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static ObjectMeta Meta(string name) => new() { Name = name, Namespace = "acme", Uid = $"uid-{name}" };

    private static LocalObjectReference Ref(string name) => new() { Name = name };
}
