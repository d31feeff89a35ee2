using System.Net;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimGroupPatchTests
{
    // A, B and C stand for three users' ids; the group begins with A and B.
    [SkippableTheory]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"C"}]}""", "ABC")]
    [EveryStore("""{"op":"add","path":"members","value":{"value":"C"}}""", "ABC")]
    [EveryStore("""{"op":"add","path":"members","value":"C"}""", "ABC")]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"A"}]}""", "AB")]
    [EveryStore("""{"op":"add","value":{"members":[{"value":"C"}]}}""", "ABC")]
    [EveryStore("""{"op":"add","path":"members[value eq \"C\"]"}""", "ABC")]
    [EveryStore("""{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:Group:members","value":[{"value":"C"}]}""", "ABC")]
    [EveryStore("""{"op":"replace","path":"members","value":[{"value":"C"},{"value":"A"}]}""", "AC")]
    [EveryStore("""{"op":"replace","path":"members","value":[]}""", "")]
    [EveryStore("""{"op":"replace","value":{"members":[{"value":"C"}],"displayName":"G"}}""", "C")]
    [EveryStore("""{"op":"replace","path":"members[value eq \"A\"]","value":{"value":"C"}}""", "BC")]
    [EveryStore("""{"op":"remove","path":"members"}""", "")]
    [EveryStore("""{"op":"remove","path":"members[value eq \"A\"]"}""", "B")]
    [EveryStore("""{"op":"remove","path":"members[value eq \"A\" or value eq \"B\"]"}""", "")]
    [EveryStore("""{"op":"remove","path":"members[display sw \"b@\"]"}""", "A")]
    [EveryStore("""{"op":"remove","path":"members[type eq \"User\" and not (value eq \"A\")]"}""", "A")]
    [EveryStore("""{"op":"remove","path":"members[value eq \"C\"]"}""", "AB")]
    [EveryStore("""{"op":"remove","path":"members","value":[{"value":"A"}]}""", "B")]
    [EveryStore("""{"op":"remove","path":"members","value":[]}""", "AB")]
    [EveryStore("""{"op":"remove","path":"members","value":[{"value":"C"},{"value":"B"}]}""", "A")]
    [EveryStore("""{"op":"remove","path":"members","value":[{"value":"A"}]},{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members[value eq \"B\"]"}""", "C")]
    public async Task A_patch_changes_the_members_it_names_and_no_others(StoreKind kind, string operations, string expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (path, ids) = await PrepareAsync(scim);
        var reply = (await scim.PatchAsync(path, Ids(operations, ids))).Expect(HttpStatusCode.OK);
        Assert.Equal(expected, Letters(await scim.MembersAsync(reply.String("id")), ids));
        Assert.Equal(reply.Text, (await scim.GetAsync(path)).Text);
    }

    [SkippableTheory]
    [EveryStore("""{"op":"replace","path":"displayName","value":"New"}""", "New")]
    [EveryStore("""{"op":"replace","value":{"displayName":"New","urn:unknown:x":1}}""", "New")]
    [EveryStore("""{"op":"add","path":"DISPLAYNAME","value":"New"}""", "New")]
    [EveryStore("""{"op":"Replace","path":"urn:ietf:params:scim:schemas:core:2.0:Group:displayName","value":"New"}""", "New")]
    [EveryStore("""{"op":"add","path":"externalId","value":"E"}""", "G")]
    public async Task A_patch_renames_a_group_and_leaves_its_members(StoreKind kind, string operation, string expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (path, ids) = await PrepareAsync(scim);
        var reply = (await scim.PatchAsync(path, operation)).Expect(HttpStatusCode.OK);
        Assert.Equal(expected, reply.String("displayName"));
        Assert.Equal("W/\"2\"", reply.Headers.ETag!.ToString());
        Assert.Equal("AB", Letters(await scim.MembersAsync(reply.String("id")), ids));
    }

    [SkippableTheory]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"usr_nobody"}]}""", "invalidValue")]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"GROUP"}]}""", "invalidValue")]
    [EveryStore("""{"op":"add","path":"members","value":[{"display":"x"}]}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"members[value eq \"usr_none\"]","value":{"value":"A"}}""", "noTarget")]
    [EveryStore("""{"op":"replace","path":"members[value eq \"A\"].value","value":"C"}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"members.display","value":"x"}""", "mutability")]
    [EveryStore("""{"op":"remove","path":"displayName"}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"members[value eq","value":[]}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"userName","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"remove"}""", "noTarget")]
    [EveryStore("""{"op":"replace","path":"displayName","value":7}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"displayName","value":""}""", "invalidValue")]
    public async Task A_patch_with_one_bad_operation_changes_neither_the_group_nor_its_members(StoreKind kind, string operation, string scimType)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (path, ids) = await PrepareAsync(scim);
        var before = await scim.GetAsync(path);
        operation = operation.Replace("GROUP", before.String("id"), StringComparison.Ordinal);
        AssertError(
            await scim.PatchAsync(path, Ids("""{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members[value eq \"A\"]"},""" + operation, ids)),
            HttpStatusCode.BadRequest,
            scimType);
        Assert.Equal(before.Text, (await scim.GetAsync(path)).Text);
    }

    [SkippableTheory]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"A"},{"value":"B"}]}""")]
    [EveryStore("""{"op":"remove","path":"members[value eq \"C\"]"}""")]
    [EveryStore("""{"op":"replace","path":"members","value":[{"value":"B"},{"value":"A"}]}""")]
    [EveryStore("""{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members","value":[{"value":"C"}]}""")]
    [EveryStore("""{"op":"replace","path":"displayName","value":"G"}""")]
    public async Task A_patch_that_changes_nothing_leaves_version_time_and_audit_log_alone(StoreKind kind, string operations)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (path, ids) = await PrepareAsync(scim);
        var before = await scim.GetAsync(path);
        scim.Backend.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before.Text, (await scim.PatchAsync(path, Ids(operations, ids))).Expect(HttpStatusCode.OK).Text);
        Assert.Empty((await scim.Backend.GetAsync("/api/v1/audit-events?action=group.update")).Items);
    }

    private static async Task<(string Path, string[] Ids)> PrepareAsync(ScimWorld scim)
    {
        string[] ids = [await scim.UserAsync("a@x.test"), await scim.UserAsync("b@x.test"), await scim.UserAsync("c@x.test")];
        return ($"{Groups}/{await scim.GroupAsync("G", ids[0], ids[1])}", ids);
    }

    private static string Ids(string text, string[] ids)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var letter = (char)('A' + i);
            text = text.Replace($"\"{letter}\"", $"\"{ids[i]}\"", StringComparison.Ordinal).Replace($"\\\"{letter}\\\"", $"\\\"{ids[i]}\\\"", StringComparison.Ordinal);
        }

        return text;
    }

    private static string Letters(IEnumerable<string> members, string[] ids) => string.Concat(members.Select(m => (char)('A' + Array.IndexOf(ids, m))));
}
