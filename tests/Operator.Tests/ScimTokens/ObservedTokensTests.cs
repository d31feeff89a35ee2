using System.Text;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Operator.Tests.Kubernetes;

namespace ScimOperator.Operator.Tests.ScimTokens;

public sealed class ObservedTokensTests
{
    private const string Value = "scim_0123456789abcd";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly AnsweringClient client = new(new AccountUser());
    private readonly Stores stores = new(new ToldInformer<Account>(), new ToldInformer<AccountUser>(), new ToldInformer<ScimToken>(), new ToldInformer<PublishedSecret>());
    private readonly TryingDriver driver = new();

    public ObservedTokensTests() => stores.Users.ObserveWrite(new AccountUser
    {
        Metadata = Meta("alice"),
        Spec = new AccountUserSpec { AccountRef = new() { Name = "acme" }, Email = "alice@acme.test", UserType = UserType.Admin },
    });

    [Theory]
    [InlineData(null, Reasons.SecretNotFound, "Secret okta-scim does not exist")]
    [InlineData("", Reasons.SecretNotFound, "holds no token under the key token")]
    [InlineData("two\nlines", Reasons.SecretNotFound, "holds no token under the key token")]
    [InlineData("refused", Reasons.TokenRefused, "does not work: the provider said no")]
    [InlineData("unreachable", Reasons.Unreachable, "whether its token works is not known: no connection")]
    [InlineData("untried", Reasons.Observed, "whether it works can't be found out")]
    [InlineData(Value + "\n", Reasons.Observed, "the service provider accepts it")]
    public async Task Ready_says_whether_the_Secret_is_there_and_its_token_works(string? value, string reason, string says)
    {
        var status = await ObserveAsync(value, null, Token());
        var ready = status.Conditions![0];
        Assert.Equal((ConditionTypes.Ready, reason), (ready.Type, ready.Reason));
        Assert.Contains(says, ready.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, ready.Message, StringComparison.Ordinal);
        Assert.Equal(value is null ? null : "okta-scim", status.SecretRef?.Name);
    }

    [Theory]
    [InlineData("tok_1", Value, Reasons.Observed, "the account lists it as live", "tok_1")]
    [InlineData("tok_1", "scim_of_somebody_else", Reasons.TokenRefused, "the account has no live token tok_1", null)]
    [InlineData("tok_2", Value, Reasons.TokenRefused, "the account has no live token tok_2", null)]
    [InlineData("tok_3", Value, Reasons.TokenRefused, "the account has no live token tok_3", null)]
    [InlineData("tok_4", Value, Reasons.OwnerDiffers, "was issued to bob@acme.test, and spec.ownerRef names alice", "tok_4")]
    public async Task An_account_that_lists_its_tokens_is_believed_and_the_token_is_not_used(string id, string value, string reason, string says, string? named)
    {
        driver.Lists = true;
        var status = await ObserveAsync(value, id, Token());
        Assert.Equal(reason, status.Conditions![0].Reason);
        Assert.Contains(says, status.Conditions[0].Message, StringComparison.Ordinal);
        Assert.Equal(named, status.Tokens?.Single().Id);
        Assert.Empty(driver.Tried);
    }

    [Fact]
    public async Task A_suspended_one_is_not_tried()
    {
        var status = await ObserveAsync(Value, null, Token() with { Spec = Token().Spec with { Suspend = true } });
        Assert.Contains("it was not tried", status.Conditions![0].Message, StringComparison.Ordinal);
        Assert.Empty(driver.Tried);
    }

    [Fact]
    public async Task An_owner_that_is_no_admin_is_said_though_the_token_works()
    {
        stores.Users.ObserveWrite(new AccountUser
        {
            Metadata = Meta("alice"),
            Spec = new AccountUserSpec { AccountRef = new() { Name = "acme" }, Email = "alice@acme.test", UserType = UserType.Member },
        });
        Assert.Equal(Reasons.OwnerNotActiveAdmin, (await ObserveAsync(Value, null, Token())).Conditions![0].Reason);
    }

    private static ObjectMeta Meta(string name) => new() { Name = name, Namespace = "ns", Uid = $"uid-{name}", Generation = 1 };

    private static ScimToken Token() => new()
    {
        Metadata = Meta("okta"),
        Spec = new ScimTokenSpec
        {
            AccountRef = new() { Name = "acme" },
            OwnerRef = new() { Name = "alice" },
            ManagementPolicy = ManagementPolicy.Observe,
            Secret = new TokenSecret { Name = "okta-scim" },
        },
    };

    private async Task<ScimTokenStatus> ObserveAsync(string? value, string? id, ScimToken token)
    {
        client.Found = value is null ? null : new OpaqueSecret { Data = new Dictionary<string, byte[]?> { ["token"] = Encoding.UTF8.GetBytes(value), ["tokenId"] = id is null ? null : Encoding.UTF8.GetBytes(id) } };
        var account = new Account { Metadata = Meta("acme"), Spec = new AccountSpec { Url = "http://acme.test" } };
        var session = new AccountSession(account.Key(), new AccountConnection("1", driver), time);
        await session.SyncAsync(CancellationToken.None);
        return (await new ObservedTokens(client, new TokenOwnerResolver(stores), time).ObserveAsync(token, account, session, CancellationToken.None)).Status;
    }

    /// <summary>An account with the admins alice and bob, that tries tokens and, if asked to, lists some.</summary>
    private sealed class TryingDriver : IAccountDriver
    {
        private static readonly BackendToken[] Tokens =
        [
            Listed("tok_1", "usr_1", null),
            Listed("tok_2", "usr_1", DateTimeOffset.UnixEpoch),
            Listed("tok_4", "usr_2", null),
        ];

        internal List<string> Tried { get; } = [];

        internal bool Lists { get; set; }

        public Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new BackendAccount(null, null, "http://acme.test/scim/v2", new AccountCapabilities { Tokens = Lists }, null));

        public Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BackendUser>>(
        [
            new("usr_1", "alice@acme.test", null, new UserState(UserType.Admin, true), null),
            new("usr_2", "bob@acme.test", null, new UserState(UserType.Admin, true), null),
        ]);

        public Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<BackendToken>>(Lists ? Tokens : []);

        public Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Tokens.FirstOrDefault(t => t.Id == id));

        public Task<TokenTrial?> TryTokenAsync(Uri scimUrl, string value, CancellationToken cancellationToken)
        {
            Assert.Equal("http://acme.test/scim/v2", scimUrl.AbsoluteUri);
            Tried.Add(value);
            return value switch
            {
                "untried" => Task.FromResult<TokenTrial?>(null),
                "refused" => Task.FromResult<TokenTrial?>(new TokenTrial(false, "the provider said no")),
                "unreachable" => throw new BackendException(BackendError.Unreachable, "no connection"),
                _ => Task.FromResult<TokenTrial?>(new TokenTrial(true, "")),
            };
        }

        public Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken) => throw Written();

        public Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken) => throw Written();

        public Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken) => throw Written();

        public Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) => throw Written();

        public Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) => throw Written();

        public Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) => throw Written();

        private static BackendToken Listed(string id, string owner, DateTimeOffset? expiresAt) =>
            new(id, owner, "okta", null, Value[^4..], DateTimeOffset.UnixEpoch, expiresAt, null);

        private static InvalidOperationException Written() => new("Observing writes nothing and looks for nobody.");
    }
}
