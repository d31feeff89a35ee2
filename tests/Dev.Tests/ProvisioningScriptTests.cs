using ScimOperator.IdpStandIn;

namespace ScimOperator.Dev.Tests;

public sealed class ProvisioningScriptTests
{
    [Fact]
    public void A_user_is_looked_up_before_it_is_created_and_created_only_where_it_is_missing()
    {
        var script = new ProvisioningScript(seed: 1);

        Assert.Equal(ScimOperation.Find, script.Operation);
        script.Succeeded(null);
        Assert.Equal(ScimOperation.Create, script.Operation);
        script.Succeeded("id-1");
        Assert.Equal((ScimOperation.Update, "id-1"), (script.Operation, script.Id));
    }

    [Fact]
    public void A_user_that_is_found_is_updated()
    {
        var script = new ProvisioningScript(seed: 1);

        script.Succeeded("id-1");

        Assert.Equal((ScimOperation.Update, "id-1"), (script.Operation, script.Id));
    }

    [Fact]
    public void After_a_failure_the_same_user_is_looked_up_again()
    {
        var script = new ProvisioningScript(seed: 1);
        var user = script.UserName;
        script.Succeeded(null);

        script.Failed();

        Assert.Equal((ScimOperation.Find, user), (script.Operation, script.UserName));
    }

    [Fact]
    public void The_same_seed_asks_for_the_same_things_and_in_the_long_run_for_all_of_them()
    {
        var (one, other) = (Play(7), Play(7));

        Assert.Equal(one, other);
        Assert.NotEqual(one, Play(8));
        Assert.Equal(Enum.GetValues<ScimOperation>(), one.Select(request => request.Operation).Distinct().Order());
    }

    private static List<(ScimOperation Operation, string User)> Play(int seed)
    {
        var script = new ProvisioningScript(seed);
        var known = new HashSet<string>();
        var played = new List<(ScimOperation, string)>();
        for (var i = 0; i < 500; i++)
        {
            played.Add((script.Operation, script.UserName));
            script.Succeeded(Answer(script, known));
        }

        return played;
    }

    private static string? Answer(ProvisioningScript script, HashSet<string> known) => script.Operation switch
    {
        ScimOperation.Find => known.Contains(script.UserName) ? "id-" + script.UserName : null,
        ScimOperation.Create => known.Add(script.UserName) ? "id-" + script.UserName : null,
        ScimOperation.Delete => known.Remove(script.UserName) ? null : "unexpected",
        _ => null,
    };
}
