using System.Text.Json.Nodes;

namespace ScimOperator.Drivers.Scim;

/// <summary>
/// Writes users, and believes nothing that it has not read back: providers answer with or without a body, and some accept
/// what they don't carry out.
/// </summary>
internal sealed class ScimWriter(ScimClient client, ScimUsers users, ScimFinder finder)
{
    /// <summary>Whether PATCH turned out not to work.</summary>
    private volatile bool withoutPatch;

    internal bool IsWithoutPatch => withoutPatch;

    internal async Task<BackendUser> CreateAsync(NewUser user, ServiceProvider provider, CancellationToken cancellationToken)
    {
        var answer = await client.WriteAsync(HttpMethod.Post, "Users", users.Create(user), null, cancellationToken);
        var created = TryRead(answer, provider) is { } read && string.Equals(read.Email, user.Email, StringComparison.OrdinalIgnoreCase)
            ? read
            : await finder.FindAsync(user.Email, provider, cancellationToken)
                ?? throw ScimProblems.Invalid(answer.Call, $"it says {(int)answer.Status}, and the user is not there");
        var wanted = new UserPatch(user.DisplayName, user.State.Type, user.State.Active);
        var missing = ScimUsers.Missing(wanted, created);
        // Some create every user as active, or without a type, whatever they are told.
        return missing.IsEmpty ? created : await UpdateAsync(created.Id, missing, created.ETag, provider, cancellationToken);
    }

    internal async Task<BackendUser> UpdateAsync(string id, UserPatch patch, string? etag, ServiceProvider provider, CancellationToken cancellationToken)
    {
        users.Require(patch.UserType);
        var path = $"Users/{PathSegment.Of(id)}";
        var resource = users.NeedsResource(patch) ? await ReadAsync(path, etag, provider, cancellationToken) : null;
        var answer = provider.Patch && !withoutPatch ? await PatchAsync(path, patch, resource, etag, provider, cancellationToken) : null;
        answer ??= await PutAsync(path, patch, resource ?? await ReadAsync(path, etag, provider, cancellationToken), provider, cancellationToken);
        return await VerifyAsync(path, id, patch, answer, provider, cancellationToken);
    }

    /// <summary>Deletes a user; false when there was none.</summary>
    internal async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.WriteAsync(HttpMethod.Delete, $"Users/{PathSegment.Of(id)}", null, null, cancellationToken);
            return true;
        }
        catch (BackendException e) when (e.Error == BackendError.NotFound)
        {
            return false;
        }
    }

    private async Task<ScimAnswer?> PatchAsync(
        string path, UserPatch patch, Resource? resource, string? etag, ServiceProvider provider, CancellationToken cancellationToken)
    {
        var body = users.Patch(patch, resource?.Body, $"PATCH /{path}");
        var answer = await client.SendAsync(HttpMethod.Patch, path, body, provider.ETag ? resource?.Known.ETag ?? etag : null, cancellationToken);
        if (answer.IsNotImplemented)
        {
            withoutPatch = true;
            return null;
        }

        return answer.IsSuccess ? answer : throw client.Problem(answer);
    }

    private async Task<ScimAnswer> PutAsync(string path, UserPatch patch, Resource resource, ServiceProvider provider, CancellationToken cancellationToken)
    {
        users.Apply(resource.Body, patch, $"PUT /{path}");
        return await client.WriteAsync(HttpMethod.Put, path, resource.Body, provider.ETag ? resource.Known.ETag : null, cancellationToken);
    }

    /// <summary>Reads a user that is about to be written as a whole; refuses if it is not the version that was decided upon.</summary>
    private async Task<Resource> ReadAsync(string path, string? etag, ServiceProvider provider, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(path, cancellationToken);
        var body = ScimJson.Parse(answer);
        var known = users.Read(body, answer.Call, answer.ETag);
        return !provider.ETag || etag is null || known.ETag is null || known.ETag == etag
            ? new Resource(body, known)
            : throw new BackendException(BackendError.VersionConflict, $"{answer.Call}: the user was changed by somebody else meanwhile");
    }

    private async Task<BackendUser> VerifyAsync(
        string path, string id, UserPatch patch, ScimAnswer answer, ServiceProvider provider, CancellationToken cancellationToken)
    {
        var written = TryRead(answer, provider);
        if (written is null || written.Id != id || !ScimUsers.Missing(patch, written).IsEmpty)
        {
            var read = await client.GetAsync(path, cancellationToken);
            written = Read(ScimJson.Parse(read), read, provider);
        }

        var missing = ScimUsers.Missing(patch, written);
        return missing.IsEmpty ? written : throw new BackendException(BackendError.Refused, $"{answer.Call}: the service provider answered {(int)answer.Status} and did not carry it out: {Unchanged(missing, written)}");
    }

    private static string Unchanged(UserPatch missing, BackendUser user) => missing switch
    {
        { UserType: { } type } => $"the user is still {user.State.Type}, not {type}. Check the Account's spec.scim.userType",
        { Active: { } active } => $"the user is still {(active ? "inactive" : "active")}",
        _ => $"displayName is still \"{user.DisplayName}\"",
    };

    private BackendUser? TryRead(ScimAnswer answer, ServiceProvider provider)
    {
        try
        {
            return ScimJson.TryParse(answer, out var body) ? Read(body, answer, provider) : null;
        }
        catch (BackendException)
        {
            return null;
        }
    }

    private BackendUser Read(JsonObject body, ScimAnswer answer, ServiceProvider provider) =>
        users.Read(body, answer.Call, answer.ETag) is var user && provider.ETag ? user : user with { ETag = null };

    private sealed record Resource(JsonObject Body, BackendUser Known);
}
