using System.Text.Json.Nodes;
using ScimOperator.Crds;
using ScimOperator.Drivers.Scim;
using ScimOperator.Guard;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>What the driver must do with any service provider.</summary>
public abstract class ScimContract : IAsyncLifetime
{
    private static readonly ScimUserType Roles = new() { Attribute = "roles", Values = new() { Admin = "administrator" } };
    private readonly HttpClient http = new(AccountHandler.Create(null)) { Timeout = Timeout.InfiniteTimeSpan };
    private IProvider? provider;

    private IProvider Provider => provider ?? throw new InvalidOperationException("xunit has not initialised the test yet.");

    public async Task InitializeAsync() => provider = await StartAsync();

    public async Task DisposeAsync()
    {
        http.Dispose();
        await (provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected abstract Task<IProvider> StartAsync();

    [SkippableFact]
    public async Task A_user_is_created_as_asked_and_listed()
    {
        var driver = Driver();
        var created = await driver.CreateUserAsync(new NewUser("Ann@acme.test", "Ann", new UserState(UserType.Viewer, true)), default);
        Assert.Equal(("Ann@acme.test", "Ann", new UserState(UserType.Viewer, true)), (created.Email, created.DisplayName, created.State));
        Assert.Equal(created, (await driver.ListUsersAsync(default)).Single(u => u.Id == created.Id));
    }

    [SkippableFact]
    public async Task A_user_can_be_created_inactive()
    {
        var driver = Driver();
        var created = await driver.CreateUserAsync(new NewUser("ann@acme.test", null, new UserState(UserType.Member, false)), default);
        Assert.False(created.State.Active);
        Assert.Equal(created.State, (await driver.FindUserAsync("ann@acme.test", default))!.State);
    }

    [SkippableTheory]
    [InlineData("ann@acme.test", "ANN@acme.test")]
    [InlineData("Ann@Acme.test", "ann@acme.test")]
    [InlineData("o\"neil\\@acme.test", "O\"Neil\\@acme.test")]
    [InlineData("a+b&c=d%20#x@acme.test", "a+b&c=d%20#x@acme.test")]
    public async Task A_user_is_found_by_name_whatever_its_case_and_characters(string stored, string sought)
    {
        var driver = Driver();
        var id = await Provider.CreateAsync(new JsonObject { ["userName"] = stored, ["active"] = true, ["userType"] = "Admin" }.ToJsonString());
        await Provider.CreateAsync("""{"userName":"zoe@acme.test"}""");
        var found = await driver.FindUserAsync(sought, default);
        Assert.Equal((id, stored, new UserState(UserType.Admin, true)), (found!.Id, found.Email, found.State));
    }

    [SkippableFact]
    public async Task A_user_that_is_not_there_is_not_found()
    {
        await Provider.CreateAsync("""{"userName":"zoe@acme.test"}""");
        Assert.Null(await Driver().FindUserAsync("nobody@acme.test", default));
        Assert.Null(await Driver().FindUserAsync("zoe@acme.tes", default));
        Assert.Null(await Driver().FindUserAsync("\" or userName pr or userName eq \"", default));
    }

    [SkippableFact]
    public async Task A_name_that_is_taken_is_a_conflict_and_the_holder_is_found()
    {
        var id = await Provider.CreateAsync("""{"userName":"Ann@acme.test"}""");
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().CreateUserAsync(new NewUser("ann@acme.test", null, new UserState(UserType.Member, true)), default));
        Assert.Equal(BackendError.EmailConflict, e.Error);
        Assert.Equal(id, (await Driver().FindUserAsync("ann@acme.test", default))!.Id);
    }

    [SkippableFact]
    public async Task Only_the_fields_that_are_asked_for_change()
    {
        var driver = Driver();
        var id = await Provider.CreateAsync("""{"userName":"ann@acme.test","displayName":"Ann","active":true,"userType":"Member","nickName":"A","name":{"familyName":"Lee"},"title":"Dr"}""");
        var before = await Provider.GetAsync(id);
        await SetAsync(driver, new UserPatch(DisplayName: "Ann \"Lee\""));
        await SetAsync(driver, new UserPatch(Active: false));
        var user = await SetAsync(driver, new UserPatch(UserType: UserType.Guest));
        Assert.Equal(("Ann \"Lee\"", new UserState(UserType.Guest, false)), (user.DisplayName, user.State));
        user = await SetAsync(driver, new UserPatch("Ann", UserType.Admin, true));
        Assert.Equal(("Ann", new UserState(UserType.Admin, true)), (user.DisplayName, user.State));
        var after = await Provider.GetAsync(id);
        Assert.Equal(Others(before), Others(after));
    }

    [SkippableFact]
    public async Task Roles_of_others_are_kept_when_ours_is_given_or_taken()
    {
        var driver = Driver(Roles);
        var id = await Provider.CreateAsync("""{"userName":"ann@acme.test","roles":[{"value":"auditor","display":"Auditor"},{"value":"billing"}]}""");
        Assert.Equal(UserType.Member, (await driver.FindUserAsync("ann@acme.test", default))!.State.Type);
        Assert.Equal(UserType.Admin, (await SetAsync(driver, new UserPatch(UserType: UserType.Admin))).State.Type);
        Assert.Equal(["administrator", "auditor", "billing"], Values(await Provider.GetAsync(id)));
        Assert.Equal(UserType.Member, (await SetAsync(driver, new UserPatch(UserType: UserType.Member))).State.Type);
        Assert.Equal(["auditor", "billing"], Values(await Provider.GetAsync(id)));
    }

    [SkippableFact]
    public async Task Every_user_is_read_once_however_many_pages_that_takes()
    {
        var driver = Driver();
        var before = (await driver.ListUsersAsync(default)).Count;
        var names = Enumerable.Range(0, Provider.MoreThanAPage).Select(i => $"u{i:d4}@acme.test").ToList();
        foreach (var name in names)
        {
            await Provider.CreateAsync($$"""{"userName":"{{name}}"}""");
        }

        for (var reading = 0; reading < 2; reading++)
        {
            var users = await driver.ListUsersAsync(default);
            Assert.Equal(before + names.Count, users.Count);
            Assert.Equal(names, users.Select(u => u.Email).Intersect(names).Order(StringComparer.Ordinal));
        }
    }

    [SkippableFact]
    public async Task A_user_is_deleted_once()
    {
        var id = await Provider.CreateAsync("""{"userName":"ann@acme.test"}""");
        Assert.True(await Driver().DeleteUserAsync(id, default));
        Assert.False(await Driver().DeleteUserAsync(id, default));
        Assert.Null(await Driver().FindUserAsync("ann@acme.test", default));
    }

    [SkippableFact]
    public async Task A_user_that_is_gone_can_not_be_changed()
    {
        var id = await Provider.CreateAsync("""{"userName":"ann@acme.test"}""");
        await Driver().DeleteUserAsync(id, default);
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver().UpdateUserAsync(id, new UserPatch(Active: false), null, default));
        Assert.Equal(BackendError.NotFound, e.Error);
    }

    [SkippableFact]
    public async Task A_change_that_somebody_else_made_meanwhile_is_noticed_where_there_are_versions()
    {
        var driver = Driver();
        await Provider.CreateAsync("""{"userName":"ann@acme.test","displayName":"Ann"}""");
        var stale = await driver.FindUserAsync("ann@acme.test", default);
        if ((await driver.GetAccountAsync(default)).Capabilities.Scim!.Etag != true)
        {
            Assert.Null(stale!.ETag);
            return;
        }

        var fresh = await SetAsync(driver, new UserPatch(DisplayName: "Anna"));
        Assert.NotEqual(stale!.ETag, fresh.ETag);
        var e = await Assert.ThrowsAsync<BackendException>(() => driver.UpdateUserAsync(stale.Id, new UserPatch(Active: false), stale.ETag, default));
        Assert.Equal(BackendError.VersionConflict, e.Error);
        Assert.False((await driver.UpdateUserAsync(fresh.Id, new UserPatch(Active: false), fresh.ETag, default)).State.Active);
    }

    [SkippableFact]
    public async Task A_wrong_token_is_told_apart_and_not_repeated()
    {
        var e = await Assert.ThrowsAsync<BackendException>(() => Driver(token: "wrong-token-7").ListUsersAsync(default));
        Assert.Equal(BackendError.Unauthorized, e.Error);
        Assert.DoesNotContain("wrong-token-7", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_token_is_tried()
    {
        var driver = Driver();
        Assert.True((await driver.TryTokenAsync(Provider.Url, Provider.Token, default))!.Accepted);
        var refused = await driver.TryTokenAsync(Provider.Url, "wrong-token-7", default);
        Assert.False(refused!.Accepted);
        Assert.Contains("401", refused.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token-7", refused.Words, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_knows_of_no_tokens_and_generates_none()
    {
        var driver = Driver();
        var account = await driver.GetAccountAsync(default);
        Assert.False(account.Capabilities.Tokens);
        Assert.Equal(Provider.Url.AbsoluteUri, account.ScimUrl);
        Assert.Empty(await driver.ListTokensAsync(null, default));
        var e = await Assert.ThrowsAsync<BackendException>(() => driver.MintTokenAsync(new MintRequest("1", "okta", "uid/1", null), default));
        Assert.Equal(BackendError.Unsupported, e.Error);
    }

    private static async Task<BackendUser> SetAsync(ScimDriver driver, UserPatch patch)
    {
        var user = await driver.FindUserAsync("ann@acme.test", default);
        var written = await driver.UpdateUserAsync(user!.Id, patch, user.ETag, default);
        Assert.Equal(written, await driver.FindUserAsync("ann@acme.test", default));
        return written;
    }

    /// <summary>What is not ours, as text.</summary>
    private static string Others(JsonObject user)
    {
        var copy = (JsonObject)user.DeepClone();
        foreach (var name in copy.Select(p => p.Key).Where(k => k.ToUpperInvariant() is "DISPLAYNAME" or "ACTIVE" or "USERTYPE" or "META").ToList())
        {
            copy.Remove(name);
        }

        return string.Join('\n', copy.Select(p => $"{p.Key} {p.Value?.ToJsonString()}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Values(JsonObject user) =>
        user["roles"]?.AsArray().Select(r => r!["value"]!.GetValue<string>()).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();

    private ScimDriver Driver(ScimUserType? types = null, string? token = null) => new(
        new DriverConnection(http, Provider.Url, token ?? Provider.Token, new AccountGate(TimeProvider.System, new Random(1)), TimeProvider.System, TimeSpan.FromSeconds(20)),
        new UserTypeMapping(types));
}
