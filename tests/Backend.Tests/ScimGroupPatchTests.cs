using System.Net;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimGroupPatchTests
{
    // A, B and C stand for three users' ids; the group begins with A and B.
    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"C"}]}""", "ABC")]
    [InlineData("""{"op":"add","path":"members","value":{"value":"C"}}""", "ABC")]
    [InlineData("""{"op":"add","path":"members","value":"C"}""", "ABC")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"A"}]}""", "AB")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"C"}]}}""", "ABC")]
    [InlineData("""{"op":"add","path":"members[value eq \"C\"]"}""", "ABC")]
    [InlineData("""{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:Group:members","value":[{"value":"C"}]}""", "ABC")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"C"},{"value":"A"}]}""", "AC")]
    [InlineData("""{"op":"replace","path":"members","value":[]}""", "")]
    [InlineData("""{"op":"replace","value":{"members":[{"value":"C"}],"displayName":"G"}}""", "C")]
    [InlineData("""{"op":"replace","path":"members[value eq \"A\"]","value":{"value":"C"}}""", "BC")]
    [InlineData("""{"op":"remove","path":"members"}""", "")]
    [InlineData("""{"op":"remove","path":"members[value eq \"A\"]"}""", "B")]
    [InlineData("""{"op":"remove","path":"members[value eq \"A\" or value eq \"B\"]"}""", "")]
    [InlineData("""{"op":"remove","path":"members[display sw \"b@\"]"}""", "A")]
    [InlineData("""{"op":"remove","path":"members[type eq \"User\" and not (value eq \"A\")]"}""", "A")]
    [InlineData("""{"op":"remove","path":"members[value eq \"C\"]"}""", "AB")]
    [InlineData("""{"op":"remove","path":"members","value":[{"value":"A"}]}""", "B")]
    [InlineData("""{"op":"remove","path":"members","value":[]}""", "AB")]
    [InlineData("""{"op":"remove","path":"members","value":[{"value":"C"},{"value":"B"}]}""", "A")]
    [InlineData("""{"op":"remove","path":"members","value":[{"value":"A"}]},{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members[value eq \"B\"]"}""", "C")]
    public async Task A_patch_changes_the_members_it_names_and_no_others(string operations, string expected)
    {
        await using var scim = await ScimWorld.StartAsync();
        var (path, ids) = await PrepareAsync(scim);
        var reply = (await scim.PatchAsync(path, Ids(operations, ids))).Expect(HttpStatusCode.OK);
        Assert.Equal(expected, Letters(await scim.MembersAsync(reply.String("id")), ids));
        Assert.Equal(reply.Text, (await scim.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"displayName","value":"New"}""", "New")]
    [InlineData("""{"op":"replace","value":{"displayName":"New","urn:unknown:x":1}}""", "New")]
    [InlineData("""{"op":"add","path":"DISPLAYNAME","value":"New"}""", "New")]
    [InlineData("""{"op":"Replace","path":"urn:ietf:params:scim:schemas:core:2.0:Group:displayName","value":"New"}""", "New")]
    [InlineData("""{"op":"add","path":"externalId","value":"E"}""", "G")]
    public async Task A_patch_renames_a_group_and_leaves_its_members(string operation, string expected)
    {
        await using var scim = await ScimWorld.StartAsync();
        var (path, ids) = await PrepareAsync(scim);
        var reply = (await scim.PatchAsync(path, operation)).Expect(HttpStatusCode.OK);
        Assert.Equal(expected, reply.String("displayName"));
        Assert.Equal("W/\"2\"", reply.Headers.ETag!.ToString());
        Assert.Equal("AB", Letters(await scim.MembersAsync(reply.String("id")), ids));
    }

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"usr_nobody"}]}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"GROUP"}]}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"members","value":[{"display":"x"}]}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"members[value eq \"usr_none\"]","value":{"value":"A"}}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"members[value eq \"A\"].value","value":"C"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"members.display","value":"x"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"displayName"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"members[value eq","value":[]}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"userName","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"displayName","value":7}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"displayName","value":""}""", "invalidValue")]
    public async Task A_patch_with_one_bad_operation_changes_neither_the_group_nor_its_members(string operation, string scimType)
    {
        await using var scim = await ScimWorld.StartAsync();
        var (path, ids) = await PrepareAsync(scim);
        var before = await scim.GetAsync(path);
        operation = operation.Replace("GROUP", before.String("id"), StringComparison.Ordinal);
        AssertError(
            await scim.PatchAsync(path, Ids("""{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members[value eq \"A\"]"},""" + operation, ids)),
            HttpStatusCode.BadRequest,
            scimType);
        Assert.Equal(before.Text, (await scim.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"A"},{"value":"B"}]}""")]
    [InlineData("""{"op":"remove","path":"members[value eq \"C\"]"}""")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"B"},{"value":"A"}]}""")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"C"}]},{"op":"remove","path":"members","value":[{"value":"C"}]}""")]
    [InlineData("""{"op":"replace","path":"displayName","value":"G"}""")]
    public async Task A_patch_that_changes_nothing_leaves_version_time_and_audit_log_alone(string operations)
    {
        await using var scim = await ScimWorld.StartAsync();
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
